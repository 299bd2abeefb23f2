namespace Marketing.Discounts;

/// <summary>What discounts on lines are limited by.</summary>
internal static class CapCases
{
    public static readonly IReadOnlyList<WorkedCase> All =
    [
        new("3.1 caps, amount_limit is per line", "a 5000x1; b 1000x1", "percent 50 items limit 600", "a 600, b 500, total 4900"),
        new("3.1 caps, aggregated_amount_limit is over all lines", "a 5000x1; b 1000x1", "percent 50 items all 700", "a 700, total 5300"),
        new("3.1 caps, both", "a 5000x1; b 1000x1", "percent 50 items limit 600 all 700", "a 600, b 100, total 5300"),
        new("3.1 caps, in the order of application", "a 5000x1; b 1000x1", "percent 50 items all 700 on all from-cheapest", "a 200, b 500, total 5300"),
        new("3.1 caps, amount_limit of what it applies to", "a 5000x1; b 1000x1", "percent 50 items on all max 300", "a 300, b 300, total 5400"),
        new("3.1 caps, the smallest discount", "a 5000x1; b 1000x1", "percent 50 items limit 200 on all max 300", "a 200, b 200, total 5600"),
        new("3.1 caps, aggregated_amount_limit of what it applies to", "a 5000x1; b 1000x1", "percent 50 items on all all-max 1000", "a 1000, total 5000"),
        new("3.1 caps, of two, each its own", "a 5000x1; b 1000x1", "percent 50 items on a all-max 300 and b all-max 200", "a 300, b 200, total 5500"),
        new("build/discount-types-and-effects, max units of a line", "a 1000x5", "amount 100 units on all units 3", "a 300, total 4700"),
        new("build/discount-types-and-effects, max units of all lines", "a 1000x2; b 1000x4", "amount 100 units on all all-units 5", "a 200, b 300, total 5500"),
        new("build/discount-types-and-effects, both", "a 1000x2; b 1000x4", "amount 100 units on all units 1 all-units 3", "a 100, b 100, total 5800"),
        new("build/discount-types-and-effects, maximum per order line", "a 4000x2; b 6000x2; c 9000x1", "percent 50 items limit 2500", "a 2500, b 2500, c 2500, total 21500"),
        new("build/discount-types-and-effects, maximum for all order lines", "a 4000x2; b 6000x2; c 9000x1", "amount 3000 units all 10000", "a 6000, b 4000, total 19000"),
        new("3.1 caps, percent of so many units", "a 1000x5", "percent 10 items on all units 2", "a 200, total 4800"),
        new("3.1 caps, rounded once", "a 333x3", "percent 50 items on all units 2", "a 333, total 666"),
        new("3.1 caps, an amount is no more than the units are worth", "a 1000x5", "amount 1500 items on all units 1", "a 1000, total 4000"),
        new("3.1 caps, new price of so many units", "a 1000x5", "fixed 400 items on all units 2", "a 1200, total 3800"),
        new("orders.json /orders/7, a discount that gives its amounts", "a 70000x1; b 1500x2; c 500x2", "amount 1000 items all 1500 on b, c from-cheapest", "b 500, c 1000, total 72500"),
        new("3.1 caps, of a split", "a 100x1; b 300x1", "amount 300 by-amount all 100", "a 25, b 75, total 300"),
        new("3.1 caps, of a line of a split", "a 100x1; b 300x1", "amount 300 by-amount on all max 50", "a 50, b 50, total 300"),
        new("3.1 caps, of a split, of what it applies to", "a 100x1; b 300x1", "amount 300 by-amount on all all-max 100", "a 25, b 75, total 300"),
        new("gift credits on items are spent once, not for each", "a 1000x1; b 3000x1", "credits 300 items", "a 75, b 225, total 3700"),
        new("gift credits on items, as far as the card goes", "a 1000x1; b 3000x1", "credits 300 items on b", "b 300, total 3700"),
        new("3.1 total is never below 0, amount less than its lines", "amount 6000; a 3300x1; b 3400x1", "percent 100 items", "a 3300, b 2700, total 0"),
        new("3.1 amount more than its lines", "amount 9000; a 1000x1", "percent 100 items", "a 1000, total 8000"),
    ];
}
