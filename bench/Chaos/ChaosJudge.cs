using System.Globalization;
using Marketing.Testing;

namespace Marketing.Bench.Chaos;

/// <summary>Compares at the end of a run what receivers accepted with what the engine owed and says.</summary>
internal sealed class ChaosJudge(EngineCluster cluster, Workload work, ChaosLoad load)
{
    private const int Connections = ChaosLoad.MailConnections + ChaosLoad.HookConnections;

    private readonly ILookup<string, DateTimeOffset> _arrivals = work.Ledger.Arrivals();

    public async Task<ChaosResult> JudgeAsync(int seed, ChaosMix mix, int steps, int crashes, IEnumerable<string> seen)
    {
        var comparison = await work.Ledger.CompareAsync();
        List<string> wrong = [.. seen, .. load.Wrong, .. await work.Ledger.ImbalancesAsync(), .. ComparisonWrong(comparison)];
        var unstarted = Unstarted();
        wrong.AddRange(unstarted);
        wrong.AddRange(await MiscountedAsync(comparison));

        var (doubled, marked, air) = (comparison.Repeated, comparison.Uncertain.Count(), Connections * crashes);
        Bound(doubled, air, "doubled");
        Bound(marked, crashes == 0 ? 0 : (2 * doubled) + air, "marked");
        var (begun, accepted) = (0, 0);
        foreach (var command in load.Commands)
        {
            var (begunAfter, acceptedAfter) = await AfterAsync(command);
            (begun, accepted) = (Math.Max(begun, begunAfter), Math.Max(accepted, acceptedAfter));
            Bound(acceptedAfter, command.Connections, $"accepted after {command} was answered");
        }

        // A planned change fails no call; what a failure refuses can be repeated.
        List<RefusedCall> refused = [.. cluster.Apis.SelectMany(api => api.Refused)];
        wrong.AddRange(refused.Where(call => mix == ChaosMix.Planned || call.Status is not (0 or 503)).Select(call => $"refused: {call}"));

        return new ChaosResult
        {
            Seed = seed,
            Mix = mix,
            Steps = steps,
            Messages = comparison.Rows.Count,
            Lost = comparison.Lost.Count + unstarted.Count,
            Doubled = doubled,
            Unmarked = comparison.Twice.Count(row => !row.Uncertain),
            Marked = marked,
            Crashes = crashes,
            Air = air,
            Commands = load.Commands.Count,
            BegunAfterStop = begun,
            AcceptedAfterStop = accepted,
            SecondsToQuiet = load.Commands.Select(command => command.ToQuiet.TotalSeconds).DefaultIfEmpty().Max(),
            CallsRefused = refused.Count,
            Violations = wrong,
        };

        void Bound(int count, int most, string what)
        {
            if (count > most)
            {
                wrong.Add($"{count} {what}, and at most {most} may be");
            }
        }
    }

    // With receivers that refuse for a while only, and retries that do not run out, nothing fails.
    private static IEnumerable<string> ComparisonWrong(Comparison comparison) =>
    [
        .. comparison.Violations,
        .. comparison.Rows.Where(row => row.Status is 4 or 5).Select(row => $"failed or skipped: {row}"),
    ];

    // What was accepted of events, and no receiver has got.
    private List<string> Unstarted()
    {
        var visits = work.Hooks.Requests.Where(hook => _arrivals.Contains(hook.WebhookId) && hook.Path == "/visits").Select(Workload.NumberOf).ToHashSet();
        var reviews = work.Mails.Received.Where(mail => mail.Subject.StartsWith("Review ", StringComparison.Ordinal))
            .Select(mail => int.Parse(mail.Subject.Split(' ')[1], CultureInfo.InvariantCulture)).ToHashSet();
        return [.. Missing(load.Hooks, load.Visits, visits), .. Missing(load.Mails, load.Reviews, reviews)];
    }

    // An event in a pause starts nothing; one that was said or answered during one may have been in it.
    private IEnumerable<string> Missing(ChaosDistribution distribution, SteadyEvents events, HashSet<int> arrived)
    {
        var pauses = load.Commands.Where(command => command.Distribution == distribution).ToList();
        return events.Accepted
            .Where(accepted => !arrived.Contains(accepted.Key))
            .Where(accepted => !pauses.Exists(pause => events.Begun[accepted.Key] <= pause.ResumedFor && accepted.Value >= pause.Asked))
            .Select(accepted => $"event {accepted.Key} of {distribution.Id} was accepted and started nothing");
    }

    // One message for each customer of a manual distribution, unless it was stopped; at most one for each event.
    private async Task<List<string>> MiscountedAsync(Comparison comparison)
    {
        var counts = comparison.Rows.CountBy(row => row.Distribution).ToDictionary();
        List<string> wrong = [];
        foreach (var distribution in load.Distributions)
        {
            var count = counts.GetValueOrDefault(await work.Ledger.NumberOfAsync(distribution.Id));
            var stopped = load.Commands.Any(command => command.Distribution == distribution && command.Name == "stop");
            var most = distribution.IsManual ? work.Customers : (distribution == load.Hooks ? load.Visits : load.Reviews).Accepted.Count;
            var least = stopped || !distribution.IsManual ? 0 : most;
            if (count < least || count > most)
            {
                wrong.Add($"{count} messages of {distribution.Id}, which owed {most}");
            }
        }

        return wrong;
    }

    private async Task<(int Begun, int Accepted)> AfterAsync(ChaosCommand command)
    {
        var attempts = work.Ledger.AttemptsOf(await work.Ledger.NumberOfAsync(command.Distribution.Id)).Where(attempt => attempt.BegunAt < command.Resumed).ToList();
        return (attempts.Count(attempt => attempt.BegunAt > command.Answered), attempts.Count(attempt => attempt.AcceptedAt > command.Answered));
    }
}
