namespace Marketing.Discounts;

/// <summary>Discounts after each other.</summary>
internal static class SequenceCases
{
    public static readonly IReadOnlyList<WorkedCase> All =
    [
        new("3.1 a line at 0, amount", "a 700x1", "percent 100 items then amount 50 items", "a 700, total 0 then total 0"),
        new("3.1 a line at 0, unit", "gift 6500x1", "percent 100 items then missing 1 gift", "gift 6500, total 0 then gift 0 free 1, total 0"),
        new("connector: 30 %, unit, amount", "gift 6500x1", "percent 30 items then missing 1 gift then amount 1000 items", "gift 1950, total 4550 then gift 4550 free 1, total 0 then total 0"),
        new("connector: 10 % of an item, 3 %", "a 26500x1; b 26500x1", "percent 10 items on a then percent 3", "a 2650, total 50350 then order 1511, total 48839"),
        new("validations.json \"True - 5 Redeemables\", in one go", "a 2000x1; b 700x1", "amount 1000 items then credits 100 then percent 40 then amount 30", "a 1000, b 700, total 1000 then order 100, total 900 then order 360, total 540 then order 30, total 510"),
        new("3.2 ONCE, only what is not taken", "a 1000x1; b 1000x1", "percent 10 items on a | once then percent 50 items | once", "a 100, total 1900 then b 500, total 1400"),
        new("3.2 STACK", "a 1000x1; b 1000x1", "percent 10 items on a then percent 50 items", "a 100, total 1900 then a 450, b 500, total 950"),
        new("3.2 ONCE, units", "cup 500x2", "percent 10 items | once then missing 1 cup | once", "cup 100, total 900 then total 900"),
        new("3.2 ONCE, every line of the product", "a 1000x1; a 1000x1", "amount 100 items on all cheapest | once then amount 50 items | once", "a 100, total 1900 then total 1900"),
        new("3.2 ONCE, an order-level discount hits no product", "a 1000x1", "percent 10 | once then percent 10 items | once", "order 100, total 900 then a 100, total 800"),
        new("3.2 ONCE, what takes nothing off does not hit", "a 1000x1", "amount 0 items | once then amount 50 items | once", "total 1000 then a 50, total 950"),
    ];
}
