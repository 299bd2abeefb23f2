using Xunit;

namespace Marketing.Loyalties;

/// <summary>What days do to a card, with what must come out and why.</summary>
/// <param name="Why">The reason.</param>
/// <param name="Zone">The project's time zone.</param>
/// <param name="Points">When points end: "for ever", "3 months END_OF_QUARTER", "1 months PARTICULAR_MONTH 2", "day 12-31".</param>
/// <param name="Story">
/// Steps that are separated by semicolons: when, what is done, and after an equals sign what the card has then. A day alone is noon there, an instant is UTC. "+10" adds, "+10 for ever" without an end, "-5" takes away, "&lt;10" comes from
/// another card, "waits 10 for 3" lets points wait for so many days.
/// </param>
/// <param name="Tiers">How tiers go: "balance", "balance P3M", "QUARTER now period", "YEAR next next-period", each with "extend P10D" and "round QUARTER END", "round CUSTOM 3 END". Silver begins at 100 points, gold at 1,000. Null without tiers.</param>
internal sealed record WorkedCalendar(string Why, string Zone, string Points, string Story, string? Tiers = null)
{
    public const string Utc = "UTC";
    public const string Warsaw = "Europe/Warsaw";
    public const string NewYork = "America/New_York";
    public const string Kolkata = "Asia/Kolkata";

    public string Name => $"{Why} ({Zone}, {Points}{(Tiers is null ? "" : $", {Tiers}")}): {Story}";

    public void Check()
    {
        var member = new WorkedMember(Zone, Points, Tiers);
        var expected = 0;
        foreach (var step in Story.Split("; "))
        {
            var sides = step.Split(" = ");
            var (when, what) = sides[0].Split(' ', 2) is [var at, var action] ? (at, action) : (sides[0], null);
            member.Do(when, what);
            if (sides.Length == 2)
            {
                Assert.Equal((step, sides[1]), (step, member.Shown));
                expected++;
            }
        }

        Assert.NotEqual(0, expected);
    }
}
