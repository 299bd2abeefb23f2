using Marketing.Customers;

namespace Marketing.Recovery;

/// <summary>How far the reviews of a project are, and which of them wait because they failed.</summary>
internal sealed class ProjectReviews
{
    /// <summary>That many customers wait each for themselves; when more fail, it is not the customers, and the project waits as a whole.</summary>
    public const int MostWaiting = 1_000;

    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(5);

    private readonly Dictionary<long, Wait> _waiting = [];
    private Wait _whole;

    /// <summary>The last customer asked for; null to begin with the first that is due.</summary>
    public DueReview? Reached { get; private set; }

    /// <summary>Whether it was said that reviews fail.</summary>
    public bool IsComplainedOf { get; set; }

    public bool HasFailures => _waiting.Count > 0 || _whole.Failures > 0;

    public bool Waits(DateTimeOffset now) => _whole.Until > now;

    public bool Waits(long customer, DateTimeOffset now) => _waiting.TryGetValue(customer, out var wait) && wait.Until > now;

    public void Succeeded(long customer)
    {
        _waiting.Remove(customer);
        _whole = default;
    }

    public void Failed(long customer, DateTimeOffset now) => _waiting[customer] = _waiting.GetValueOrDefault(customer).Longer(now);

    /// <summary>A page was gone through. False when it was the last, or the project waits.</summary>
    public bool Reach(IReadOnlyList<DueReview> page, int limit, DateTimeOffset now)
    {
        if (_waiting.Count > MostWaiting)
        {
            _waiting.Clear();
            _whole = _whole.Longer(now);
            Reached = null;
            return false;
        }

        Reached = page.Count < limit ? null : page[^1];
        return Reached is not null;
    }

    private readonly record struct Wait(int Failures, DateTimeOffset Until)
    {
        public Wait Longer(DateTimeOffset now)
        {
            var wait = FirstWait * Math.Pow(2, Math.Min(Failures, 30));
            return new Wait(Failures + 1, now + (wait < LongestWait ? wait : LongestWait));
        }
    }
}
