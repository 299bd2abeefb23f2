using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Marketing.Customers;
using Marketing.Storage;
using Marketing.Templates;

namespace Marketing.Channels.Sms;

/// <summary>Delivers text messages: over a provider, or into files where the project has no connection.</summary>
internal sealed class SmsChannel(
    TemplateEngine engine, IConnections connections, ConnectionLines lines, ProviderRegistry providers, SmsOutbox outbox, IReceiptAddresses receipts)
    : ProviderChannel("sms", connections, lines, providers)
{
    /// <summary>The most segments of a text: providers take no more.</summary>
    public const int MostSegments = 10;

    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    // One entry per version of a distribution; gone with it.
    private readonly ConditionalWeakTable<ChannelDefinition, Prepared> _prepared = [];

    public override IReadOnlyList<FieldDescriptor> Content { get; } =
    [
        new("text", EntryKind.Template, "Text") { Required = true, Max = TemplateEngine.MaxSourceBytes, Help = "One segment has 160 places, or 70 where a character is not in the alphabet of phones." },
        new("max_segments", EntryKind.Number, "Segments at most") { Min = 1, Max = MostSegments, Default = "10", Help = "A longer text is not sent; 1 refuses whatever does not fit into one." },
    ];

    public override ConnectionUse Connections => ConnectionUse.Optional;

    public override bool? TakesAddress(string address) => PhoneNumber.TryNormalize(address, null, out _);

    public override IEnumerable<FieldProblem> Validate(ChannelDefinition channel, TemplateScope scope) => new Prepared(channel.Template, engine, scope).Problems;

    public override Reachability Reach(Recipient recipient) => recipient.Phone is not { } phone || string.IsNullOrWhiteSpace(phone) ? new Reachability(null, SkipReasons.NoAddress)
        : PhoneNumber.TryNormalize(phone, recipient.DialCode, out var number) ? new Reachability(number, null)
        : new Reachability(null, SkipReasons.InvalidAddress);

    public override RawJson Preview(OutboundMessage message)
    {
        var prepared = PreparedOf(message);
        if (prepared.Problems is [var problem, ..])
        {
            throw new TemplateRenderException($"{problem.Field}: {problem.Message}");
        }

        var text = Rendered(prepared, message);
        var count = SmsText.Of(text);
        var json = new MemoryStream();
        using (var writer = new Utf8JsonWriter(json, Readable))
        {
            writer.WriteStartObject();
            writer.WriteString("text", text);
            writer.WriteString("to", NumberOf(message).Number);
            writer.WriteString("encoding", count.Encoding);
            writer.WriteNumber("segments", count.Segments);
            writer.WriteEndObject();
        }

        return new RawJson(json.ToArray());
    }

    // As many files as are written side by side.
    public override HandOverWindow? WindowOf(int project, ChannelDefinition channel) => base.WindowOf(project, channel) ?? outbox.Window;

    protected override (ProviderItem? Item, DeliveryOutcome? Problem) Compose(OutboundMessage message, ChannelConnection? connection)
    {
        var (number, skip) = NumberOf(message);
        if (number is null)
        {
            return (null, new DeliveryOutcome.Skipped(skip!));
        }

        var prepared = PreparedOf(message);
        if (prepared.Problems is [var problem, ..])
        {
            return (null, new DeliveryOutcome.PermanentFailure($"{problem.Field}: {problem.Message}"));
        }

        string text;
        try
        {
            text = Rendered(prepared, message);
        }
        catch (Exception broken) when (broken is TemplateRenderException or JsonException)
        {
            return (null, new DeliveryOutcome.PermanentFailure(broken is TemplateRenderException ? broken.Message : "The data of the message is not valid JSON."));
        }

        var segments = SmsText.Of(text).Segments;
        return segments == 0 ? (null, new DeliveryOutcome.PermanentFailure("The text is empty for this recipient."))
            : segments > prepared.MostSegments ? (null, new DeliveryOutcome.PermanentFailure($"The text takes {segments} segments; at most {prepared.MostSegments} are sent."))
            : (new SmsItem(message.MessageId, number, text, connection is null ? null : receipts.Of(connection, message.MessageId)), null);
    }

    protected override Task<DeliveryOutcome> KeepAsync(ProviderItem item) => outbox.WriteAsync((SmsItem)item);

    private static (string? Number, string? SkipReason) NumberOf(OutboundMessage message)
    {
        var given = message.AddressOverride ?? message.Recipient.Phone;
        return string.IsNullOrWhiteSpace(given) ? (null, SkipReasons.NoAddress)
            : PhoneNumber.TryNormalize(given, message.Recipient.DialCode, out var number) ? (number, null)
            : (null, SkipReasons.InvalidAddress);
    }

    private static string Rendered(Prepared prepared, OutboundMessage message)
    {
        try
        {
            return prepared.Text!.Render(MessageModel.Of(message)).Trim();
        }
        catch (TemplateRenderException problem)
        {
            problem.Field = "template.text";
            throw;
        }
    }

    private Prepared PreparedOf(OutboundMessage message) => _prepared.GetValue(message.Channel, channel => new Prepared(channel.Template, engine, scope: null));

    /// <summary>An entry of a draft, prepared once for all its messages.</summary>
    private sealed class Prepared
    {
        public Prepared(ChannelTemplate? template, TemplateEngine engine, TemplateScope? scope)
        {
            var problems = new List<FieldProblem>();
            if (string.IsNullOrWhiteSpace(template?.Text))
            {
                problems.Add(new("template.text", "A text message needs a text."));
            }
            else if (engine.Compile(template.Text, TemplateKind.Text, scope) is CompileResult.Invalid invalid)
            {
                problems.AddRange(invalid.Problems.Select(problem => new FieldProblem("template.text", problem.ToString())));
            }
            else
            {
                Text = ((CompileResult.Ok)engine.Compile(template.Text, TemplateKind.Text, scope)).Template;
            }

            if (template?.MaxSegments is < 1 or > SmsChannel.MostSegments)
            {
                problems.Add(new("template.max_segments", $"must be 1 to {SmsChannel.MostSegments}"));
            }

            (MostSegments, Problems) = (template?.MaxSegments ?? SmsChannel.MostSegments, problems);
        }

        public CompiledTemplate? Text { get; }

        public int MostSegments { get; }

        public IReadOnlyList<FieldProblem> Problems { get; }
    }
}
