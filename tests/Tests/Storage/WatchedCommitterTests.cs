using Xunit;

namespace Marketing.Storage;

public sealed class WatchedCommitterTests
{
    [Fact]
    public async Task What_concerns_nobody_goes_straight_through()
    {
        var engine = new Engine(CommitOutcome.Durable);
        var watch = new Watch(concerned: false);
        var commit = new Commit { Project = 1 };
        Assert.Same(engine.Answer, new WatchedCommitter(engine, () => [watch]).CommitAsync(commit));
        await engine.Answer;
        Assert.Equal((0, 0), (watch.Added, watch.Heard));
    }

    [Fact]
    public async Task What_is_added_is_in_the_commit_and_is_heard_of_when_it_is_durable()
    {
        var engine = new Engine(CommitOutcome.Durable);
        var watch = new Watch(concerned: true);
        Assert.True((await new WatchedCommitter(engine, () => [watch]).CommitAsync(new Commit { Project = 1 })).IsDurable);
        Assert.Single(engine.Tallies);
        Assert.Equal((1, 1), (watch.Added, watch.Heard));
    }

    [Fact]
    public async Task What_is_refused_is_not_heard_of()
    {
        var engine = new Engine(new Guard.Catalogue(1));
        var watch = new Watch(concerned: true);
        Assert.False((await new WatchedCommitter(engine, () => [watch]).CommitAsync(new Commit { Project = 1 })).IsDurable);
        Assert.Equal((1, 0), (watch.Added, watch.Heard));
    }

    private sealed class Engine(CommitOutcome outcome) : ICommitter
    {
        public Task<CommitOutcome> Answer { get; } = Task.FromResult(outcome);

        public List<Tally> Tallies { get; } = [];

        public Task<CommitOutcome> CommitAsync(Commit commit)
        {
            Tallies.AddRange(commit.Tallies);
            return Answer;
        }

        public Task FlushAsync() => Task.CompletedTask;
    }

    private sealed class Watch(bool concerned) : CommitWatch
    {
        public int Added { get; private set; }

        public int Heard { get; private set; }

        public override bool Concerns(Commit commit) => concerned;

        public override ValueTask AddAsync(Commit commit)
        {
            Added++;
            commit.Tallies.Add(new Tally("a", 1));
            return default;
        }

        public override void Committed(Commit commit) => Heard++;
    }
}
