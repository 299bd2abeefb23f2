namespace Marketing.Bench.Scenarios;

/// <summary>What frequency caps and quiet hours cost a mailing that neither keeps back.</summary>
internal sealed class CourtesyScenario : IScenario
{
    private const int Mails = 50_000;
    private const int Rounds = 2;

    private static readonly object Template = new { subject = "Hello {{ customer.name }}", text = "Dear {{ customer.name }}, see you in {{ customer.address.city }}." };
    private static readonly object None = new { frequency_caps = Array.Empty<object>(), quiet_hours = (object?)null };

    // Silos hear of a change of the project within that time.
    private static readonly TimeSpan InForce = TimeSpan.FromSeconds(31);

    public string Name => "pg-caps";

    public string What => "mails under two frequency caps and quiet hours of another time of the day, beside the same without";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchOptions options)
    {
        await using var mailing = await Mailing.OpenAsync(Mails);
        await mailing.RateAsync(Template);
        var (without, with) = (await UnderAsync(mailing, None), 0.0);
        for (var round = 0; round < Rounds; round++)
        {
            with += await UnderAsync(mailing, Some()) / Rounds;
            without += await UnderAsync(mailing, None);
        }

        return [new Figure("mails under caps and quiet hours", with, "/s", null, "without", without / (Rounds + 1), new Goal("mails under caps and quiet hours", "≥ 0.9 ×", "≥ 0.95 ×"))];
    }

    private static object Some()
    {
        var hour = DateTime.UtcNow.AddHours(6);
        return new
        {
            frequency_caps = new object[] { new { channel = "email", messages = 100, within = "P7D" }, new { messages = 90, within = "P1D" } },
            quiet_hours = new { from = $"{hour:HH}:00", to = $"{hour.AddHours(8):HH}:00" },
        };
    }

    private static async Task<double> UnderAsync(Mailing mailing, object settings)
    {
        await mailing.Shop.Engine.Shop.PutAsync("/v1/project", settings);
        await Task.Delay(InForce);
        return await mailing.RateAsync(Template);
    }
}
