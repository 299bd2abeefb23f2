using System.Text.Json;

namespace Marketing.Bench.Scenarios;

/// <summary>Mails of blocks, with a code that is drawn for each, beside plain ones in the same run.</summary>
internal sealed class BlocksScenario : IScenario
{
    private const int Mails = 50_000;
    private const int Rounds = 3;

    private static readonly object Plain = new { subject = "Hello {{ customer.name }}", text = "Dear {{ customer.name }}, see you in {{ customer.address.city }}." };

    private static readonly object Blocks = new
    {
        subject = "Hello {{ customer.name }}",
        blocks = JsonElement.Parse("""
            {"version":1,"header":{},"blocks":[
              {"type":"heading","content":[{"type":"text","text":"Hello "},{"type":"variable","name":"customer.name","fallback":"friend"}]},
              {"type":"text","content":[{"type":"paragraph","content":[{"type":"text","text":"See you in "},{"type":"variable","name":"customer.address.city","fallback":"town"},{"type":"text","text":"."}]}]},
              {"type":"button","text":"Shop now","href":"https://shop.example/spring"},
              {"type":"qr","value":"{{ customer.id }}"}],"footer":{}}
            """),
    };

    public string Name => "pg-blocks";

    public string What => "mails of blocks with two variables and a QR code that travels in the mail, beside plain mails into the same sink";

    public async Task<IReadOnlyList<Figure>> RunAsync(BenchOptions options)
    {
        await using var mailing = await Mailing.OpenAsync(Mails);
        await mailing.RateAsync(Plain);
        await mailing.RateAsync(Blocks);

        // By turns, and plain ones on either side: a machine drifts.
        var (plain, blocks) = (await mailing.RateAsync(Plain), 0.0);
        for (var round = 0; round < Rounds; round++)
        {
            blocks += await mailing.RateAsync(Blocks) / Rounds;
            plain += await mailing.RateAsync(Plain);
        }

        return
        [
            new Figure("mails of blocks", blocks, "/s", null, "plain mails", plain / (Rounds + 1), new Goal("mails of blocks with an inline QR code", "≥ 0.5 ×", "≥ 0.6 ×")),
            mailing.Shop.PeakMemory("mailing"),
        ];
    }
}
