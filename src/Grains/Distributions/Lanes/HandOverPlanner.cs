using Marketing.Distributions.Actions;
using Marketing.Distributions.Courtesies;
using Marketing.Distributions.Triggers;
using Marketing.Storage;

namespace Marketing.Distributions.Lanes;

/// <summary>Everything that is decided about a batch of due messages before it is marked: who is reached, whether there still is reason to, what goes with it, and what it takes.</summary>
internal sealed class HandOverPlanner(MessageComposer composer, CodeMessages codes, Courtesy courtesy, ActionRegistry actions)
{
    /// <summary>Adds to the commit what the messages take. What is prepared has to be told what became of the commit.</summary>
    public async Task<(PreparedAction Prepared, TakenMessages? Taken)> PrepareAsync(DistributionEntry entry, IReadOnlyList<DueMessage> due, DateTimeOffset now, Commit commit)
    {
        var plan = await composer.PlanAsync(commit.Project, entry, due, now);
        plan = await codes.PlanAsync(commit.Project, entry, plan, now);
        var courteous = await courtesy.PlanAsync(commit.Project, entry, plan, now);
        var prepared = await actions.Of(entry.Draft.Action!.Type!).PrepareAsync(entry, courteous.Plan, commit);
        try
        {
            return (prepared, await courtesy.TakeAsync(courteous, entry, prepared.Plan.Outgoing, commit));
        }
        catch
        {
            await prepared.Settle(null);
            throw;
        }
    }
}
