using Xunit;

namespace Marketing.AsyncActions;

public sealed class AsyncActionViewsTests
{
    /// <summary>Clients ask again while they read IN_PROGRESS, and take anything else for the end.</summary>
    [Theory]
    [InlineData("ENQUEUED", "IN_PROGRESS", "UNKNOWN", 0)]
    [InlineData("IN_PROGRESS", "IN_PROGRESS", "UNKNOWN", 50)]
    [InlineData("DONE", "DONE", "SUCCESS", 100)]
    [InlineData("FAILED", "FAILED", "FAILED", 50)]
    public void A_job_that_waits_for_its_turn_is_in_progress(string stored, string status, string operation, int progress)
    {
        var row = new AsyncActionRow { Project = 1, Id = "aa_1", Type = AsyncActionTypes.OrdersImport, Status = stored, CreatedAt = default };
        var shown = AsyncActionViews.View(stored == "ENQUEUED" ? row : row with { Cursor = 1, Total = 2 });

        Assert.Equal((status, operation, progress), (shown.Status, shown.OperationStatus, shown.Progress));
    }
}
