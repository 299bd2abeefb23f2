using Marketing.Customers;
using Marketing.Observability;
using Marketing.Storage;
using Microsoft.Extensions.Logging;

namespace Marketing.Recovery;

/// <summary>
/// Looks at customers whom time alone may have moved in or out of a segment; how many there are does not depend on how many customers there are.
/// Each project for itself, a few at once: what fails in one, as with a profile that cannot be read, waits longer each time and holds up no other.
/// </summary>
internal sealed partial class CustomerReviews(
    ICustomerStore customers, IGrainFactory grains, EngineMetrics metrics, TimeProvider clock, ILogger<CustomerReviews> logger)
{
    private const int AtOnce = 256;
    private const int PagesAtATime = 16;
    private const int ProjectsAtOnce = 4;

    private readonly Dictionary<int, ProjectReviews> _projects = [];

    /// <summary>One look at all projects. What is more than a project's share comes with the next, and nobody is asked twice in one.</summary>
    public async Task RunAsync()
    {
        var now = clock.GetStoredNow();
        var due = await customers.ProjectsDueForReviewAsync(now);
        foreach (var project in _projects.Keys.Except(due).ToArray())
        {
            EndComplaint(project, _projects[project]);
            _projects.Remove(project);
        }

        using var places = new SemaphoreSlim(ProjectsAtOnce);
        await Task.WhenAll(due.Select(project => ReviewAsync(project, now, places)));
    }

    private async Task ReviewAsync(int project, DateTimeOffset now, SemaphoreSlim places)
    {
        if (!_projects.TryGetValue(project, out var reviews))
        {
            _projects.Add(project, reviews = new ProjectReviews());
        }

        await places.WaitAsync();
        try
        {
            for (var page = 0; page < PagesAtATime && !reviews.Waits(now); page++)
            {
                var due = await customers.DueForReviewAsync(project, now, reviews.Reached, AtOnce);
                await Task.WhenAll(due.Where(customer => !reviews.Waits(customer.Number, now)).Select(customer => ReviewAsync(project, customer, now, reviews)));
                if (!reviews.Reach(due, AtOnce, now))
                {
                    break;
                }
            }
        }
        finally
        {
            places.Release();
        }

        if (!reviews.HasFailures)
        {
            EndComplaint(project, reviews);
        }
    }

    // An outage ends the look: nothing is to be learned from it about the customer.
    private async Task ReviewAsync(int project, DueReview customer, DateTimeOffset now, ProjectReviews reviews)
    {
        try
        {
            await grains.Customer(project, customer.Id).RecordAsync(new TimePassed(now), new CommandContext { RequestId = RequestIds.New() });
            reviews.Succeeded(customer.Number);
        }
        catch (Exception failure) when (failure is not StorageUnavailableException)
        {
            metrics.ReviewFailed();
            reviews.Failed(customer.Number, now);
            if (!reviews.IsComplainedOf)
            {
                reviews.IsComplainedOf = true;
                LogFailing(failure, project);
            }
        }
    }

    private void EndComplaint(int project, ProjectReviews reviews)
    {
        if (reviews.IsComplainedOf)
        {
            reviews.IsComplainedOf = false;
            LogGoingOn(project);
        }
    }

    [LoggerMessage(LogLevel.Error, "Customers of project {Project} whose segments time may have changed cannot be looked at; they are tried again, less and less often")]
    private partial void LogFailing(Exception exception, int project);

    [LoggerMessage(LogLevel.Information, "Customers of project {Project} are looked at again")]
    private partial void LogGoingOn(int project);
}
