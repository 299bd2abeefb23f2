using Marketing.Retention;
using Marketing.Storage;
using Microsoft.Extensions.Options;

namespace Marketing.Webhooks;

/// <summary>Forgets sendouts that are old, also those that a disabled webhook still owes.</summary>
internal sealed class SendoutRetention(ISendoutStore sendouts, ICommitter committer, IOptions<RetentionOptions> options) : IForgetting
{
    private const int AtOnce = 500;

    public async Task<bool> ForgetSomeAsync(DateTimeOffset now)
    {
        var old = await sendouts.OldAsync(now - options.Value.Sendouts, AtOnce);
        foreach (var project in old.GroupBy(static one => one.Project, static one => one.Row))
        {
            // Where an outcome was written meanwhile they are found again.
            var commit = new Commit { Project = project.Key };
            commit.Rows.AddRange(project.Select(SendoutTable.Sendouts.Delete));
            await committer.CommitAsync(commit);
        }

        return old.Count == AtOnce;
    }
}
