using Marketing.Channels;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace Marketing.Storage.DataPlane;

/// <summary>Outcomes that say something an engine may not be able to store.</summary>
public abstract partial class DataPlaneContract
{
    // Not as arguments of the tests: those are stored as UTF-8, which has no half of a character either.
    private const string Half = "\ud83d";

    [Fact]
    public async Task A_reason_that_is_no_text_is_stored_as_what_is_left_of_it()
    {
        var (lane, messages) = await HandedOverAsync(4);
        await Plane.CommitAsync(commit =>
        {
            commit.Fence = lane;
            commit.Moves.AddRange(messages.Zip(["1 " + Half, "2 no\0 such user", "3 😀", null], (message, reason) =>
                Ends(message, reason is null ? MessageStatus.Sent : MessageStatus.Failed, lane) with { Reason = reason }));
        });

        var page = await Plane.Distributions.MessagesAsync(lane.Distribution, new() { Limit = 10 }, Token);
        Assert.Equal([null, "1 \ufffd", "2 no such user", "3 😀"], page.Items.Select(message => message.Reason).Order(StringComparer.Ordinal));
    }

    [Fact]
    public Task An_outcome_with_a_nul_is_recorded_plainly_and_keeps_no_other_from_being_recorded() => RecordsAllButAsync("ann\0@example.com");

    [Fact]
    public Task An_outcome_with_half_a_character_is_recorded_plainly_and_keeps_no_other_from_being_recorded() => RecordsAllButAsync($"ann{Half}@example.com");

    private async Task RecordsAllButAsync(string address)
    {
        var (lane, messages) = await HandedOverAsync(5);
        var recorder = new OutcomeRecorder(Plane.Committer, Plane.Numbers, TimeProvider.System, NullLogger.Instance);
        List<RecordedOutcome> outcomes = [.. messages.Select(message => new RecordedOutcome(Ends(message, MessageStatus.Sent, lane), Suppression: null))];
        outcomes[2] = new RecordedOutcome(
            Ends(messages[2], MessageStatus.Failed, lane) with { Reason = "550 5.1.1 unknown" }, new SuppressionWrite("email", address, "bounced", Any.Noon));

        await recorder.RecordAsync(outcomes, Plane.Project, lane, []).WaitAsync(TimeSpan.FromSeconds(30), Token);

        var page = await Plane.Distributions.MessagesAsync(lane.Distribution, new() { Limit = 10 }, Token);
        Assert.Equal(["failed", "sent", "sent", "sent", "sent"], page.Items.Select(message => message.Status).Order());
        Assert.Contains(page.Items.Single(message => message.Status == "failed").Reason, new[] { "550 5.1.1 unknown", OutcomeRecorder.Unstorable });
        Assert.False(await Plane.Queue.HasPendingAsync(lane.Distribution));
    }

    private static MessageMove Ends(MessageInsert message, MessageStatus to, LaneFence lane) =>
        message.Move(MessageStatus.Sending, to, lane.Epoch) with { HandOff = Batch };
}
