using System.Diagnostics;
using System.Globalization;
using Marketing.Bench.Deployments;
using Marketing.Testing;

namespace Marketing.Bench.Scenarios;

/// <summary>A shop on PostgreSQL whose mail goes into a sink, and manual distributions to everybody.</summary>
internal sealed class Mailing(Shop shop, SmtpSink sink, string segment, int customers) : IAsyncDisposable
{
    private int _sent;

    public Shop Shop => shop;

    public static async Task<Mailing> OpenAsync(int customers)
    {
        var sink = SmtpSink.Start(new SmtpSinkOptions { KeepText = false });
        var shop = await Shop.OpenAsync(Deployment.Cluster, new Dictionary<string, string>
        {
            ["Distributions:Email:Host"] = SmtpSink.Host,
            ["Distributions:Email:Port"] = sink.Port.ToString(CultureInfo.InvariantCulture),
            ["Distributions:Email:From"] = "shop@example.com",
            ["Distributions:Email:Security"] = "None",
        });
        await shop.ImportCustomersAsync(customers);
        return new Mailing(shop, sink, await shop.EverybodyAsync(), customers);
    }

    /// <summary>Mails in a second, from activation to recorded outcome.</summary>
    public async Task<double> RateAsync(object template)
    {
        var watch = Stopwatch.StartNew();
        var id = await shop.SendAsync($"mailing {++_sent}", segment, new { type = "email", template });
        await shop.SentAsync(id);
        var rate = customers / watch.Elapsed.TotalSeconds;
        var sent = (await shop.Engine.Shop.GetAsync($"/v1/distributions/{id}")).GetProperty("messages").GetProperty("sent").GetInt32();
        return sent == customers ? rate : throw new ViolationException($"{sent} of {customers} mails were sent.");
    }

    public async ValueTask DisposeAsync()
    {
        await shop.DisposeAsync();
        await sink.DisposeAsync();
    }
}
