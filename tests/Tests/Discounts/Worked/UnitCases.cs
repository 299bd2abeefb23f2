namespace Marketing.Discounts;

/// <summary>Units that are given away.</summary>
internal static class UnitCases
{
    public static readonly IReadOnlyList<WorkedCase> All =
    [
        new("3.1 ADD_NEW_ITEMS, a new line; amount grows, total does not", "a 26500x1", "new 1 gift", "gift 6500 free 1 added 1, total 26500"),
        new("3.1 ADD_NEW_ITEMS, they join a line", "tee 2000x1", "new 2 tee", "tee 4000 free 2 added 2, total 2000"),
        new("build/discount-types-and-effects, missing, none there", "a 1000x1", "missing 2 tee", "tee 4000 free 2 added 2, total 1000"),
        new("build/discount-types-and-effects, missing, one there", "tee 2000x1", "missing 2 tee", "tee 4000 free 2 added 1, total 0"),
        new("build/discount-types-and-effects, missing, all there", "tee 2000x2", "missing 2 tee", "tee 4000 free 2, total 0"),
        new("build/discount-types-and-effects, missing, more there", "tee 2000x3", "missing 2 tee", "tee 4000 free 2, total 2000"),
        new("3.1 ADD_MISSING_ITEMS, units of an earlier redeemable do not count", "a 1000x1", "missing 1 cup then missing 2 cup", "cup 500 free 1 added 1, total 1000 then cup 1000 free 2 added 2, total 1000"),
        new("3.1 ADD_MISSING_ITEMS, the remaining subtotal", "gift 26500x1", "percent 10 items then missing 1 gift", "gift 2650, total 23850 then gift 23850 free 1, total 0"),
        new("3.1 ADD_MISSING_ITEMS, a part of a line", "cup 500x4-200", "missing 1 cup", "cup 450 free 1, total 1350"),
        new("3.1 ADD_MISSING_ITEMS, what was given away before", "cup 500x2-500~1", "missing 1 cup", "cup 500 free 1, total 0"),
        new("3.1 ADD_MISSING_ITEMS, over two lines", "cup 500x1; a 1000x1; cup 400x2", "missing 3 cup", "cup 500 free 1, cup 800 free 2, total 1000"),
        new("3.1 ADD_MISSING_ITEMS, after an order discount", "gift 1000x1; b 500x1", "amount 300 then missing 1 gift", "order 300, total 1200 then gift 1000 free 1, total 200"),
        new("3.1 total is never below 0, unit after an order discount", "gift 1000x1", "amount 300 then missing 1 gift", "order 300, total 700 then gift 700 free 1, total 0"),
        new("build/discount-types-and-effects, many", "a 1000x1", "new 2 cup + missing 1 tee", "cup 1000 free 2 added 2, tee 2000 free 1 added 1, total 1000"),
        new("3.1 ADD_MISSING_ITEMS, within one discount", "cup 500x1", "missing 1 cup + missing 1 cup", "cup 1000 free 2 added 1, total 0"),
        new("shipping, added", "a 1000x1", "missing 1 prod_5h1pp1ng", "prod_5h1pp1ng 0 free 1 added 1, total 1000"),
        new("shipping, in the cart", "prod_5h1pp1ng 700x1; a 1000x1", "missing 1 prod_5h1pp1ng", "prod_5h1pp1ng 700 free 1, total 1000"),
        new("a product that is not known costs nothing", "a 1000x1", "new 3 thing", "thing 0 free 3 added 3, total 1000"),
        new("no units", "a 1000x1", "new 0 cup", "total 1000"),
        new("3.1 formulas, units, to the nearest", "a 1000x3", "new 9 cup formula ORDER_UNITS_QUANTITY / 2", "cup 1000 free 2 added 2, total 3000"),
        new("3.1 formulas, units, missing operand", "a 1000x3", "new 1 cup formula CUSTOMER_METADATA(\"age\")", "cup 500 free 1 added 1, total 3000"),
        new("initial_amount stays", "a 1000x1", "new 1 cup then percent 10 | initial", "cup 500 free 1 added 1, total 1000 then order 100, total 900"),
    ];
}
