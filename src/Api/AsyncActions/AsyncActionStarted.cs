using Marketing.Http;

namespace Marketing.AsyncActions;

/// <summary>Where to look for the outcome of an upload.</summary>
/// <param name="AsyncActionId"><c>aa_…</c></param>
internal sealed record AsyncActionStarted(string AsyncActionId)
{
    /// <summary>Starts a job; with the same idempotency key it is the same job again. Null when the key was used for something else.</summary>
    public static async Task<AsyncActionStarted?> StartAsync(
        string type, byte[] payload, CommandContext context, Caller caller, IGrainFactory grains, ImportOptions? options = null)
    {
        var id = caller.NewId("aa_");
        return await grains.AsyncAction(caller.Number, id).StartAsync(type, payload, context, options) ? new AsyncActionStarted(id) : null;
    }
}
