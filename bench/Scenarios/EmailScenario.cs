using System.Diagnostics;
using System.Globalization;
using Marketing.Bench.Deployments;
using Marketing.Bench.Yardsticks;
using Marketing.Testing;

namespace Marketing.Bench.Scenarios;

internal sealed class EmailScenario(Deployment deployment) : IScenario
{
    private const int Mails = 100_000;
    private const int Connections = 16;

    private static readonly object Channel = new
    {
        type = "email",
        template = new { subject = "Hello {{ customer.name }}", text = "Dear {{ customer.name }}, see you in {{ customer.address.city }}." },
    };

    public string Name => deployment == Deployment.Embedded ? "email" : "pg-email";

    public string What => "a manual distribution by email into an SMTP sink, beside a bare loop over pooled MailKit connections";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchOptions options)
    {
        await using var sink = SmtpSink.Start(new SmtpSinkOptions());
        await using var shop = await Shop.OpenAsync(deployment, new Dictionary<string, string>
        {
            ["Distributions:Email:Host"] = SmtpSink.Host,
            ["Distributions:Email:Port"] = sink.Port.ToString(CultureInfo.InvariantCulture),
            ["Distributions:Email:From"] = "shop@example.com",
            ["Distributions:Email:Security"] = "None",
            ["Distributions:Email:MaxConnections"] = Connections.ToString(CultureInfo.InvariantCulture),
        });
        await shop.ImportCustomersAsync(Mails);
        var segment = await shop.EverybodyAsync();

        // Both once to warm up: the first mails of a process are compiled more than sent.
        var bare = new BareMail(sink.Port, Connections, Mails / 2);
        await bare.MeasureAsync();
        await shop.SentAsync(await shop.SendAsync("warm up", segment, Channel));

        double rate = 0;
        IReadOnlyList<Figure> used = [];
        var beside = await bare.AroundAsync(async () =>
        {
            var effort = await Effort.StartAsync(shop.Engine);
            var watch = Stopwatch.StartNew();
            await shop.SentAsync(await shop.SendAsync("mail", segment, Channel));
            rate = Mails / watch.Elapsed.TotalSeconds;
            used = await effort.StopAsync(Mails, "a mail");
        });
        return
        [
            new Figure("mails, durable", rate, "/s", null, bare.Name, beside,
                deployment == Deployment.Embedded ? null : new Goal("email to a sink, durable", "≥ 0.9 ×", "≥ 1.5 ×")),
            .. used,
            shop.PeakMemory("mailing"),
        ];
    }
}
