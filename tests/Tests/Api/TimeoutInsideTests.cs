using System.Text.RegularExpressions;
using Marketing.AsyncActions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Marketing.Api;

public sealed class TimeoutInsideTests : ApiHost
{
    public static TheoryData<Exception> Timeouts => [new TimeoutException("gave up"), new RegexMatchTimeoutException("a", "(a+)+$", TimeSpan.FromSeconds(1))];

    private SlowStore Store => (SlowStore)Services.GetRequiredService<IAsyncActionStore>();

    protected override void Configure(WebApplicationBuilder builder)
    {
        base.Configure(builder);
        builder.Services.AddSingleton<IAsyncActionStore, SlowStore>();
    }

    [Theory, MemberData(nameof(Timeouts), DisableDiscoveryEnumeration = true)]
    public async Task Something_that_took_too_long_inside_a_call_is_not_taken_for_a_database_that_is_away(Exception timeout)
    {
        using var shop = await NewProjectAsync();
        Store.Failure = timeout;
        Assert.Equal(500, (await shop.GetAsync("/v1/async-actions/aa_000000000000000000000000")).Status);
    }

    private sealed class SlowStore : IAsyncActionStore
    {
        public Exception Failure { get; set; } = new InvalidOperationException();

        public Task<AsyncActionRow?> FindAsync(int project, string id) => Task.FromException<AsyncActionRow?>(Failure);

        public Task<bool> AddAsync(AsyncActionRow row, byte[] payload) => Task.FromException<bool>(Failure);

        public Task<byte[]?> PayloadAsync(int project, string id) => Task.FromException<byte[]?>(Failure);

        public Task<bool> SaveAsync(AsyncActionRow row, long begunAt) => Task.FromException<bool>(Failure);

        public Task<IReadOnlyDictionary<long, bool>> DurableRowsAsync(int project, string id) => Task.FromException<IReadOnlyDictionary<long, bool>>(Failure);

        public Task<IReadOnlyList<(int Project, string Id)>> UnfinishedAsync() => Task.FromResult<IReadOnlyList<(int, string)>>([]);

        public Task<Page<AsyncActionRow>> ListAsync(int project, int limit, DateTimeOffset? end, CancellationToken cancellation) =>
            Task.FromException<Page<AsyncActionRow>>(Failure);
    }
}
