using System.Net;

namespace Marketing.Storage.DataPlane;

internal static class LaneClaims
{
    /// <summary>A silo that there was and is no more.</summary>
    public static readonly string Gone = Silo(1);

    public static string Silo(int generation) => SiloAddress.New(IPAddress.Loopback, 1, generation).ToParsableString();

    /// <summary>Takes the lane, whoever has it, and says under which epoch.</summary>
    public static async Task<long> ClaimLaneAsync(this IMessageQueue queue, int distribution, int lane)
    {
        var claim = await queue.ClaimLaneAsync(distribution, lane, Gone, insteadOf: null);
        return claim.Epoch ?? (await queue.ClaimLaneAsync(distribution, lane, Gone, claim.Owner)).Epoch!.Value;
    }
}
