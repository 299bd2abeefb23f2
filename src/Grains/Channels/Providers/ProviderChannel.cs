using Marketing.Channels.Webhooks;
using Marketing.Templates;

namespace Marketing.Channels;

/// <summary>A channel whose messages go to providers over HTTP. What it adds is what a message consists of.</summary>
internal abstract class ProviderChannel(string type, IConnections connections, ConnectionLines lines, ProviderRegistry providers) : IChannel
{
    private static readonly RetrySchedule Retries = new(
        [TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(6), TimeSpan.FromMinutes(21), TimeSpan.FromMinutes(81), TimeSpan.FromMinutes(321), TimeSpan.FromMinutes(1041)]);

    private static readonly DeliveryOutcome NoConnection = new DeliveryOutcome.TemporaryFailure("the project has no connection of this type");

    public string Type => type;

    public virtual IReadOnlyList<FieldDescriptor> Content => [];

    public abstract ConnectionUse Connections { get; }

    public virtual bool? TakesAddress(string address) => null;

    public TimeSpan DeferralLimit => TimeSpan.FromHours(24);

    public bool PausesWhenExhausted => false;

    public abstract IEnumerable<FieldProblem> Validate(ChannelDefinition channel, TemplateScope scope);

    public abstract Reachability Reach(Recipient recipient);

    public abstract RawJson Preview(OutboundMessage message);

    public TimeSpan? RetryDelay(int failedAttempts) => Retries.DelayAfter(failedAttempts);

    public virtual HandOverWindow? WindowOf(int project, ChannelDefinition channel) =>
        connections.Choose(project, type, channel.Connection).Connection is { Problem: null } connection && ProviderOf(connection) is { } provider ? lines.WindowOf(connection, provider) : null;

    public async Task<DeliveryOutcome> DeliverAsync(OutboundMessage message, Recall? recall = null)
    {
        var choice = connections.Choose(message.Project, type, message.Channel.Connection);
        if (choice.WhyNot is { } whyNot)
        {
            return whyNot;
        }

        var (item, problem) = Compose(message, choice.Connection);
        if (item is null)
        {
            return problem!;
        }

        return choice.Connection is not { } connection ? await KeepAsync(item)
            : ProviderOf(connection) is { } provider ? await lines.DeliverAsync(connection, provider, item, recall)
            : new DeliveryOutcome.TemporaryFailure("this deployment does not have the provider of the connection");
    }

    /// <summary>The message as providers take it, or what becomes of one that cannot be made into that.</summary>
    protected abstract (ProviderItem? Item, DeliveryOutcome? Problem) Compose(OutboundMessage message, ChannelConnection? connection);

    /// <summary>What becomes of a message for which the project has no connection.</summary>
    protected virtual Task<DeliveryOutcome> KeepAsync(ProviderItem item) => Task.FromResult(NoConnection);

    private IHttpProvider? ProviderOf(ChannelConnection connection) => providers.Find(type, connection.Provider) as IHttpProvider;
}
