"""``make docs``: write every page that is generated, in whole or in part."""

from docs.generate.pages import rendered
from docs.generate.tables import ROOT


def main() -> None:
    """Write what has changed, and say which pages those are."""
    for path, text in rendered().items():
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(f"wrote {path.relative_to(ROOT)}")


if __name__ == "__main__":
    main()
