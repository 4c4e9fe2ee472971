"""Time the readable twin: `python -m benchmarks.timing`."""

from time import perf_counter

from benchmarks.twin import FirmTerms, TwinModel


def main(customers: int = 1000, months: int = 24) -> None:
    model = TwinModel({"cheap": FirmTerms(price=50), "dear": FirmTerms(price=62)}, customers)
    start = perf_counter()
    for _ in range(months):
        model.step()
    seconds = perf_counter() - start
    print(f"twin: {customers} customers, {months} months in {seconds:.2f} s")
    print(f"      {customers * months / seconds:,.0f} customer-months a second")


if __name__ == "__main__":
    main()
