using Marketing.Storage;
using Microsoft.Extensions.Logging;

namespace Marketing.Channels;

/// <summary>Writes down what became of messages, whatever the database does meanwhile.</summary>
internal sealed partial class OutcomeRecorder(ICommitter committer, INumbers numbers, TimeProvider clock, ILogger logger)
{
    /// <summary>What is recorded instead of a text that the database does not take.</summary>
    public const string Unstorable = "the database did not take what was to be recorded";

    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Ends when it is recorded, or when it cannot be any more. An outcome that is known must not be lost to a database that is away for a moment, nor to
    /// another one that the database refuses: that would send again what was sent.
    /// </summary>
    /// <param name="outcomes">What became of some messages.</param>
    /// <param name="project">Whose they are.</param>
    /// <param name="lane">Under whose epoch.</param>
    /// <param name="accounts">Those that messages which were not handed over are given back to.</param>
    public async Task RecordAsync(IReadOnlyList<RecordedOutcome> outcomes, int project, LaneFence lane, IReadOnlyList<string> accounts)
    {
        try
        {
            if (outcomes.Count > 0 && !await CommitAsync(outcomes, project, lane, accounts))
            {
                await RecordApartAsync(outcomes, project, lane, accounts);
            }
        }
        catch (StorageClosedException)
        {
            // The process is ending: what was not recorded stays marked as being handed over and is uncertain at the next start.
            LogClosed(lane.Distribution, lane.Lane);
        }
    }

    // The one that is refused is found by halves, so that the others stay together.
    private async Task RecordApartAsync(IReadOnlyList<RecordedOutcome> outcomes, int project, LaneFence lane, IReadOnlyList<string> accounts)
    {
        if (outcomes is not [var refused])
        {
            var half = outcomes.Count / 2;
            try
            {
                await RecordAsync([.. outcomes.Take(half)], project, lane, accounts);
            }
            finally
            {
                await RecordAsync([.. outcomes.Skip(half)], project, lane, accounts);
            }

            return;
        }

        LogRefused(refused.Move.Number, lane.Distribution);
        var plain = new RecordedOutcome(refused.Move with { Reason = Unstorable, Attempt = null }, Suppression: null);
        if (!await CommitAsync([plain], project, lane, accounts))
        {
            // Nothing in it is anybody's text any more.
            throw new InvalidOperationException("The outcome of a message cannot be recorded.");
        }
    }

    // False when the database refused what is in it.
    private async Task<bool> CommitAsync(IReadOnlyList<RecordedOutcome> outcomes, int project, LaneFence lane, IReadOnlyList<string> accounts)
    {
        var commit = new Commit { Project = project, Fence = lane };
        commit.Moves.AddRange(outcomes.Select(outcome => outcome.Move));
        commit.Suppressions.AddRange(outcomes.Select(outcome => outcome.Suppression).OfType<SuppressionWrite>());
        if (accounts.Count > 0)
        {
            await MessageAccounts.ReturnAsync(numbers, accounts, outcomes.Count(static outcome => outcome.Move.To != MessageStatus.Sent), clock.GetUtcNow(), commit);
        }

        for (var attempt = 0; ; attempt++)
        {
            try
            {
                if ((await committer.CommitAsync(commit)).RefusedBy is Guard.Lane)
                {
                    LogFenced(lane.Distribution, lane.Lane, lane.Epoch);
                }

                return true;
            }
            catch (StorageUnavailableException away) when (away is not StorageClosedException)
            {
                if (attempt == 0)
                {
                    LogAway(away.Message, lane.Distribution, lane.Lane);
                }

                await Task.Delay(AskAgain, clock);
            }
            catch (Exception refused) when (refused is not StorageClosedException)
            {
                // For its content, or for something that nobody thought of.
                LogNotTaken(refused, lane.Distribution, lane.Lane);
                return false;
            }
        }
    }

    [LoggerMessage(LogLevel.Warning, "Outcomes of lane {Lane} of distribution {Distribution} came too late: epoch {Epoch} is over")]
    private partial void LogFenced(int distribution, int lane, long epoch);

    [LoggerMessage(LogLevel.Warning, "Outcomes of lane {Lane} of distribution {Distribution} were not recorded before the end")]
    private partial void LogClosed(int distribution, int lane);

    [LoggerMessage(LogLevel.Warning, "Outcomes of lane {Lane} of distribution {Distribution} wait for the database: {Reason}")]
    private partial void LogAway(string reason, int distribution, int lane);

    [LoggerMessage(LogLevel.Warning, "Outcomes of lane {Lane} of distribution {Distribution} are not taken as they are")]
    private partial void LogNotTaken(Exception exception, int distribution, int lane);

    [LoggerMessage(LogLevel.Error, "The database refuses the outcome of message {Message} of distribution {Distribution}; it is recorded without its text")]
    private partial void LogRefused(long message, int distribution);
}
