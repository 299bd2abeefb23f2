using System.Text.Json;
using Marketing.Templates;

namespace Marketing.Channels.Discard;

/// <summary>
/// Takes every message and throws it away: to rehearse a distribution or measure the engine without writing to anybody. Off unless
/// <c>Distributions:Discard:Enabled</c> is true.
/// </summary>
internal sealed class DiscardChannel : IChannel
{
    private static readonly Task<DeliveryOutcome> Accepted = Task.FromResult<DeliveryOutcome>(new DeliveryOutcome.Sent());

    public string Type => "discard";

    public bool PausesWhenExhausted => false;

    public TimeSpan DeferralLimit => TimeSpan.Zero;

    public IEnumerable<FieldProblem> Validate(ChannelDefinition channel, TemplateScope scope) => [];

    public ReachKind Reaches => ReachKind.Everybody;

    public Reachability Reach(Recipient recipient) => new(Address: null, SkipReason: null);

    public RawJson Preview(OutboundMessage message) => new(JsonSerializer.SerializeToUtf8Bytes(new { customer = message.Recipient.Id }));

    public TimeSpan? RetryDelay(int failedAttempts) => null;

    public Task<DeliveryOutcome> DeliverAsync(OutboundMessage message, Recall? recall = null) => Accepted;
}
