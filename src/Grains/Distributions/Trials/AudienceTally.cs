using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Marketing.Segments;
using Marketing.Storage;

namespace Marketing.Distributions;

/// <summary>Whom one channel reaches of an audience, and why not the others.</summary>
internal sealed class AudienceTally
{
    private readonly SortedDictionary<string, long> _skipped = new(StringComparer.Ordinal);

    // As much of a digest as tells any two addresses apart: there may be millions of them.
    private readonly HashSet<UInt128> _addresses = [];

    public long Reachable { get; set; }

    public void Skip(string reason, long count = 1)
    {
        if (count > 0)
        {
            _skipped[reason] = _skipped.GetValueOrDefault(reason) + count;
        }
    }

    /// <summary>Counts somebody who is reached, unless somebody else is at the same address and that is enough.</summary>
    /// <param name="address">The address; null where every customer is written to.</param>
    public void Reach(string? address)
    {
        if (address is null || _addresses.Add(DigestOf(address)))
        {
            Reachable++;
            if (address is not null)
            {
                Reached?.Add(address);
            }
        }
        else
        {
            Skip(SkipReasons.DuplicateAddress);
        }
    }

    /// <summary>Where the addresses that are reached go to, where somebody looks at them and takes them out again.</summary>
    public List<string>? Reached { get; set; }

    /// <summary>Takes some of the reached away.</summary>
    public void SkipReached(string reason, long count)
    {
        Reachable -= count;
        Skip(reason, count);
    }

    public void Suppress(string reason, long count = 1) => Skip(SkipReasons.OfSuppression(reason), count);

    public ChannelEstimate ToEstimate() => new(Reachable, new Dictionary<string, long>(_skipped));

    /// <summary>Adds what was counted, without those that are yet to be asked for.</summary>
    public void Add(MailReachCounts counts)
    {
        Skip(SkipReasons.NoAddress, counts.WithoutAddress);
        foreach (var (reason, count) in counts.Suppressed)
        {
            Suppress(reason, count);
        }

        // Statements of their own counted them, while others may have been writing.
        Reachable += Math.Max(0, counts.Members - counts.WithoutAddress - counts.Odd - counts.Suppressed.Values.Sum());
    }

    private static UInt128 DigestOf(string address)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(Encoding.UTF8.GetBytes(address), digest);
        return BinaryPrimitives.ReadUInt128LittleEndian(digest);
    }
}
