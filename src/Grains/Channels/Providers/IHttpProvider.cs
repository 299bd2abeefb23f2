namespace Marketing.Channels;

/// <summary>A provider that takes messages over HTTP.</summary>
internal interface IHttpProvider : IProvider
{
    /// <summary>How many messages it takes with one call.</summary>
    int MostAtOnce => 1;

    /// <summary>How many calls it bears at once, from each silo.</summary>
    int AtOnce => 32;

    /// <summary>Hands messages over and says of each, in their order, what became of it. What it throws counts as an answer that is not understood.</summary>
    Task<IReadOnlyList<DeliveryOutcome>> DeliverAsync(ProviderCall call, IReadOnlyList<ProviderItem> items);
}

/// <summary>A message as its provider takes it.</summary>
/// <param name="MessageId">Stable over retries.</param>
internal abstract record ProviderItem(string MessageId);

/// <summary>The calls that one hand-off to a provider makes. Each waits for its turn where the connection has a limit.</summary>
/// <param name="connection">Over which.</param>
/// <param name="http">Carries them.</param>
/// <param name="gate">Its limit; null for none.</param>
/// <param name="isFirstFree">Whether the turn for the first call was waited for before.</param>
internal sealed class ProviderCall(ChannelConnection connection, ProviderHttp http, SendGate? gate, bool isFirstFree)
{
    private bool _isFree = isFirstFree;

    public ConnectionValues Values => connection.Values;

    public ChannelConnection Connection => connection;

    /// <summary>What the calls so far say of the receiver.</summary>
    public ReceiverHealth Health { get; private set; } = ReceiverHealth.Unknown;

    /// <summary>Notes what a call says of the receiver that the provider made by itself, in the turn that was waited for.</summary>
    public void Heard(ReceiverHealth health) => Health = health;

    public async Task<ProviderAnswer> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            if (!_isFree && gate is not null)
            {
                await gate.WaitAsync();
            }

            _isFree = false;
            var answer = await http.SendAsync(request);
            Health = answer.Health;
            return answer;
        }
    }
}
