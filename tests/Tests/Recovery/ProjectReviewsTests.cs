using Xunit;

namespace Marketing.Recovery;

public sealed class ProjectReviewsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Who_fails_again_waits_twice_as_long_up_to_five_minutes_and_nobody_else_waits()
    {
        var reviews = new ProjectReviews();
        int[] seconds = [2, 4, 8, 16, 32, 64, 128, 256, 300, 300];
        foreach (var wait in seconds)
        {
            reviews.Failed(1, Noon);
            Assert.True(reviews.Waits(1, Noon.AddSeconds(wait - 1)));
            Assert.False(reviews.Waits(1, Noon.AddSeconds(wait)));
        }

        Assert.False(reviews.Waits(2, Noon));
        Assert.False(reviews.Waits(Noon));
        reviews.Succeeded(1);
        Assert.False(reviews.HasFailures);
    }

    [Fact]
    public void Where_more_fail_than_can_wait_the_project_waits_and_begins_again()
    {
        var reviews = new ProjectReviews();
        for (var customer = 0; customer <= ProjectReviews.MostWaiting; customer++)
        {
            reviews.Failed(customer, Noon);
        }

        Assert.False(reviews.Reach([], 1, Noon));
        Assert.True(reviews.Waits(Noon.AddSeconds(1)));
        Assert.False(reviews.Waits(Noon.AddSeconds(2)));
    }
}
