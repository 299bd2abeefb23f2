using Marketing.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Marketing.Api;

/// <summary>Readiness while the database is held by another process. Has an API of its own, because nothing works meanwhile.</summary>
public sealed class ReadinessTests(ReadinessTests.Host api) : IClassFixture<ReadinessTests.Host>
{
    [Fact]
    public async Task An_api_that_cannot_write_is_alive_but_not_ready_and_says_why()
    {
        using var probe = api.Anonymous();
        using (var other = Occupy())
        {
            var answer = await probe.GetAsync("/health/ready");
            Assert.Equal(503, answer.Status);
            Assert.Equal("The database does not answer", answer["details"]);
            Assert.Equal(200, (await probe.GetAsync("/health/live")).Status);
            other.Execute("ROLLBACK");
        }

        Assert.Equal(200, (await probe.GetAsync("/health/ready")).Status);
    }

    private SqliteSession Occupy()
    {
        var session = new SqliteSession(new SqliteDataSource(api.Services.GetRequiredService<SqliteDataPlaneOptions>().Writing));
        session.Execute("BEGIN IMMEDIATE");
        return session;
    }

    public sealed class Host : ApiHost;
}
