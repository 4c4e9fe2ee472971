"""Bad input: short lines that say key, value and what is allowed; an exit code; nothing written."""

from pathlib import Path

import pytest

from experiments.cli import main
from experiments.errors import BadInputError
from experiments.outside import check_folder

REFUSED = {
    "months=x": ["months = x: a whole number from 0 to 100,000 (month)"],
    "months=1.5": ["months = 1.5: a whole number"],
    "burn_in=null": ["burn_in = null: a whole number"],
    "seed=-1": ["seed = -1: a whole number from 0"],
    "seed=nan": ["seed = nan: a whole number"],
    "market.price_step=nan": ["market.price_step = nan: a number from 0 to 2 (1/quarter)"],
    "market.price_step=inf": ["market.price_step = inf: a number from 0 to 2"],
    "market.price_step=-inf": ["market.price_step = -inf: a number from 0 to 2"],
    "market.price_step=3 burn_in=-1 firms.focal.clawback=100": [
        "burn_in = -1: a whole number from 0 to 600 (month)",
        "market.price_step = 3.0: a number from 0 to 2",
        "firms.focal.clawback = 100.0: a number from 0 to 60 (month)",
    ],
    "switches.temptation=maybe": ["switches.temptation = maybe: true or false"],
    "market.prise_step=1": ["market.prise_step: unknown key; did you mean price_step?"],
    "+market.prise_step=1": ["market.prise_step = 1: unknown key; did you mean price_step?"],
    "+oops=1": ["oops = 1: unknown key; allowed: "],
    "customers=5": ["customers: unknown key; did you mean population.customers?"],
    "firms.focal.valeu=drip_fees": ["firms.focal.valeu: unknown key; did you mean value?"],
    "+firms.focal.valeu=drip_fees": ["firms.focal.valeu = drip_fees: unknown key; did you mean value?"],
    "firms.focal.value=drip": ["firms.focal.value = drip: one of cheap_at_double, "],
    "firms.fokal.value=drip_fees": ["firms.fokal.value: no firm of this name"],
    "firms.focal=3": ["firms.focal = 3: a group of keys"],
    "firms.focal.policy.value.drip_fees.fee=1": ["firms.focal.policy.value.drip_fees.fee: unknown"],
    "firms.focal.policy.value.cheap_at_double.value_target=30": ["firms.focal.", "30"],
    "~firms.focal ~firms.follower ~firms.walker ~firms.steady ~firms.dripper": ["firms: at least one firm"],
    "firms=null": ["firms = null: a group of keys"],
    "firms={}": ["firms={}: an empty group changes nothing"],
    "population.customers=0": ["population.customers = 0: a whole number from 1 to 100,000,000 (customer)"],
    "population.selfish_share=0.9": ["population: the four shares of fairness types must sum to 1"],
    "policy.fairness.shareholder_primacy.reserve=0.5": [
        "policy.fairness.shareholder_primacy: the six shares"
    ],
    "shock=recession months=36": ["shocks.recession.month = 36: after the end; allowed: below months = 36"],
    "+shocks.a={kind: flood, month: 3}": ["shocks.a.kind = flood: one of entrant, cost"],
    "+shocks.a.kind=cost": ["shocks.a.month: a value is required"],
    "+shocks.a={kind: scandal, month: 3, firm: fokal}": [
        "shocks.a.firm = fokal: no such firm; allowed: focal"
    ],
    "+shocks.a={kind: entrant, month: 3}": ["market.entrants = 0: at least 1, for entrants by shock"],
    "+shocks.a={kind: scandal, month: 3, size: 0.5}": [
        "shocks.a: size = 0.5: nothing uses it in a scandal; allowed: month, firm"
    ],
    "+shocks.a={kind: walking_ban, month: 3, firm: focal, duration: 4}": ["nothing uses it in a walking_ban"],
    "~firms": ["~firms: only an entry can be taken out, as in ~firms.NAME"],
    "~market.price_step": ["~market.price_step: only an entry"],
    "output.folder=": ["output.folder = '': the name of a folder is needed"],
    "record.snapshots=[200]": ["record.snapshots = [200]: after the end"],
    "mode=fair": ["mode = fair: one of market_centred, product_centred, reciprocity, surrender"],
    "experiment=none_such": ["more: reciprocity describe experiments"],
    "seed=1,2": ["seed=1,2: several values; add --multirun"],
    "seed": ["seed: not KEY=VALUE"],
    "+firms.1st.value=cost_plus": ["a name in KEY is letters, digits"],
    "+firms.nobody.value=cost_plus": ["firms.nobody: in tables this word means something else"],
    "+firms.market.value=cost_plus": ["firms.market: in tables this word means something else"],
    "hydra.run.dir=": ["the output folder has no name; choose output.folder=..."],
    "hydra.searchpath=[elsewhere]": ["name a folder of configuration files with --config-dir"],
    "--multirun seed=range(3,1) months=2": ["--multirun: no values to run: a range in it is empty"],
    "--multirun seed=1,x months=2": ["seed = x: a whole number"],
    "--multirun market.price_step=0.1,9 months=2": ["market.price_step = 9.0: a number from 0 to 2"],
}


def words(line: str) -> list[str]:
    return [line] if "{" in line else line.split()


@pytest.fixture
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize("line", list(REFUSED))
def test_refused(line: str, nowhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", *words(line)]) == 2
    said = capsys.readouterr()
    told = said.err.splitlines()
    assert not said.out
    assert all(text.startswith("error: ") and len(text) < 300 for text in told)
    assert len(told) == (3 if "clawback" in line else 1)
    assert all(any(part in text for text in told) for part in REFUSED[line])
    assert not list(nowhere.iterdir())


def test_a_file_where_the_output_folder_should_be(nowhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (nowhere / "taken").write_text("mine")
    for line in ("output.folder=taken", "hydra.run.dir=taken"):
        assert main(["run", "months=0", "population.customers=20", line]) == 2
        assert "a file stands where the output folder should be" in capsys.readouterr().err
    assert (nowhere / "taken").read_text() == "mine"
    assert [path.name for path in nowhere.iterdir()] == ["taken"]


FOREIGN = {
    "hydra:\n  callbacks:\n    bad:\n      _target_: os.system\n": ["hydra.callbacks", "_target_"],
    "hydra:\n  job:\n    chdir: true\n": ["hydra.job.chdir"],
    "hydra: ${months}\n": ["hydra"],
    "hydra:\n  searchpath: [file:///tmp]\n": ["hydra.searchpath"],
    "hydra.run.dir: x\n": ["hydra.run.dir"],
    "months: ${oc.env:HOME}\n": ["months = ${oc.env:HOME}: a resolver is not allowed"],
    "months: ${${seed}:HOME}\n": ["a resolver is not allowed"],
    "firms:\n  focal:\n    levers:\n      _target_: os.system\n": ["firms.focal.levers._target_"],
    "record:\n  snapshots:\n    - 3\n    - {_target_: x}\n": ["record.snapshots[1]._target_"],
    "# @package hydra.job_logging\nversion: 1\n": ["@package hydra.job_logging"],
    "defaults:\n  - override /hydra/job_logging: mine\n": ["/hydra/job_logging"],
    "defaults:\n  - x@hydra.callbacks: y\n": ["x@hydra.callbacks"],
    "defaults:\n  - /hydra/launcher/x\n": ["/hydra/launcher/x"],
    "defaults:\n  - experiment: ../../../elsewhere/bad\n": ["a path out of the folder"],
    "defaults:\n  - override hydra/launcher: sub/bad\n": ["a name, without a path"],
    "defaults:\n  - mode: ${oc.env:MODE}\n": ["a resolver is not allowed"],
    "months: [1\n": ["not a readable YAML file"],
    "months: !!python/object/apply:os.system ['true']\n": ["not a readable YAML file"],
}


@pytest.mark.parametrize("content", list(FOREIGN))
def test_foreign_files_cannot_run_code(
    content: str, nowhere: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    place = nowhere / "theirs" / "experiment"
    place.mkdir(parents=True)
    (place / "bad.yaml").write_text(content)
    assert main(["run", "--config-dir", "theirs", "experiment=bad"]) == 2
    told = capsys.readouterr().err.splitlines()
    assert all("theirs/experiment/bad.yaml: " in text for text in told)
    assert any(part in text for text in told for part in FOREIGN[content])
    assert [path.name for path in nowhere.iterdir()] == ["theirs"]


def test_foreign_files_cannot_stand_among_hydras_own(nowhere: Path) -> None:
    (nowhere / "hydra" / "launcher").mkdir(parents=True)
    (nowhere / "hydra" / "launcher" / "mine.yaml").write_text("n_jobs: 2\n")
    with pytest.raises(BadInputError, match="folder hydra/ is not allowed"):
        check_folder(nowhere)


def test_what_foreign_files_may_say(nowhere: Path) -> None:
    text = "defaults:\n  - run_schema\n  - override hydra/launcher: basic\n  - _self_\n"
    text += "months: 3\nburn_in: ${months}\nhydra:\n  run:\n    dir: mine\n  sweep:\n    dir: ours\n"
    (nowhere / "config.yaml").write_text(text)
    check_folder(nowhere)


def test_a_folder_that_does_not_exist(nowhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["run", "--config-dir", "missing"]) == 2
    assert "missing: no such folder" in capsys.readouterr().err


def test_unknown_verbs_and_runs(nowhere: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["walk"]) == 2
    assert main(["explain", "nothing", "--customer", "1"]) == 2
    assert "nothing: not the folder of a run" in capsys.readouterr().err
