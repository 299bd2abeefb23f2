using System.Globalization;
using Marketing.Projects;
using Marketing.Storage;

namespace Marketing.Distributions.Courtesies;

/// <summary>
/// Keeps to how many messages an account may send. The commit that marks messages takes them from the account, the one that records that nothing was handed over gives them back; what a crash
/// interrupted stays taken, because it may have arrived.
/// </summary>
internal sealed class AccountLimits(IBalanceStore balances, INumbers numbers, ProjectSettingsCache settings, TimeProvider clock)
{
    private const string Taken = "messages.taken";

    private static readonly byte[] NoDocument = "{}"u8.ToArray();

    /// <summary>How many more may be sent now; null where there is no limit.</summary>
    public async ValueTask<long?> LeftAsync(int project, string? plan, DateTimeOffset now)
    {
        if (MessagePlans.LimitsOf(plan) is not { Count: > 0 } limits)
        {
            return null;
        }

        var used = await balances.ReadAsync(project, [.. limits.Select(limit => AccountOf(limit, now))]);
        return Math.Max(0, limits.Min(limit => limit.Messages - used[AccountOf(limit, now)]));
    }

    /// <summary>The limits of a project as they are set now, and what was used.</summary>
    public async Task<IReadOnlyList<MessageLimit>> UsedAsync(int project)
    {
        var now = clock.GetUtcNow();
        var limits = MessagePlans.LimitsOf((await settings.ReadAsync(project)).MessagePlan);
        var used = limits.Count == 0 ? null : await balances.ReadAsync(project, [.. limits.Select(limit => AccountOf(limit, now))]);
        return [.. limits.Select(limit => limit with { Used = used![AccountOf(limit, now)] })];
    }

    /// <summary>Takes messages from the account with a commit, which is refused where there are not so many; null where there is no limit.</summary>
    public async ValueTask<TakenMessages?> TakeAsync(string? plan, int count, DateTimeOffset now, Commit commit)
    {
        if (count == 0 || MessagePlans.LimitsOf(plan) is not { Count: > 0 } limits)
        {
            return null;
        }

        var entries = new List<long>(limits.Count);
        foreach (var limit in limits)
        {
            entries.Add(await numbers.NextAsync(NumberSequence.Ledger));
            commit.Balances.Add(new BalanceChange(AccountOf(limit, now), count, entries[^1], Taken, now, NoDocument) { Most = limit.Messages });
        }

        return new TakenMessages([.. limits.Select(limit => AccountOf(limit, now))], entries, count);
    }

    /// <summary>Gives back some of what was taken.</summary>
    public async Task ReturnAsync(ICommitter committer, int project, TakenMessages taken, int count)
    {
        var commit = new Commit { Project = project };
        await MessageAccounts.ReturnAsync(numbers, taken.Accounts, count, clock.GetUtcNow(), commit);
        await committer.CommitAsync(commit);
    }

    /// <summary>Gives back what was taken by a commit whose end nobody knows, if it was.</summary>
    public async Task ReturnIfTakenAsync(ICommitter committer, int project, TakenMessages taken)
    {
        if (await balances.FindEntryAsync(project, taken.Entries[0]) is not null)
        {
            await ReturnAsync(committer, project, taken, taken.Count);
        }
    }

    private static string AccountOf(MessageLimit limit, DateTimeOffset now) => limit.Per switch
    {
        "day" => string.Create(CultureInfo.InvariantCulture, $"messages/day/{now.UtcDateTime:yyyy-MM-dd}"),
        "month" => string.Create(CultureInfo.InvariantCulture, $"messages/month/{now.UtcDateTime:yyyy-MM}"),
        _ => "messages/total",
    };
}

/// <summary>Messages that were taken from the account.</summary>
/// <param name="Accounts">Where they are given back to.</param>
/// <param name="Entries">Of the ledger, one for each account.</param>
/// <param name="Count">How many.</param>
internal sealed record TakenMessages(IReadOnlyList<string> Accounts, IReadOnlyList<long> Entries, int Count);
