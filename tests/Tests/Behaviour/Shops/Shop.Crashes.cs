using Marketing.Distributions;
using Marketing.Distributions.Lanes;
using Marketing.Storage;
using Marketing.Storage.DataPlane;
using Orleans.Storage;
using Xunit;

namespace Marketing.Behaviour;

internal sealed partial class Shop
{
    /// <summary>Leaves a distribution as a process does that dies after it wrote a change and before it did what follows from it.</summary>
    public async Task LeaveAsync(string distribution, string status, Action<DistributionState> remember)
    {
        var store = engine.Service<IDistributionStore>();
        var row = (await store.FindAsync(Number, distribution))!;
        var state = DistributionRowMapping.State(row, new DistributionState());
        state.View = state.View! with { Status = status };
        remember(state);
        Assert.Equal(DistributionSave.Saved, await store.SaveAsync(DistributionRowMapping.Row(Number, state.View, state, row.Revision), null));
    }

    /// <summary>Writes what earlier versions kept of a grain, beside or instead of its row.</summary>
    public async Task LeaveInGrainStorageAsync<T>(IAddressable grain, string name, Action<T> change)
        where T : new()
    {
        var storage = engine.Service<IGrainStorage>();
        var stored = new GrainState<T>(new T());
        await storage.ReadStateAsync(name, grain.GetGrainId(), stored);
        stored.State ??= new T();
        change(stored.State);
        await storage.WriteStateAsync(name, grain.GetGrainId(), stored);
    }

    /// <summary>Leaves a distribution as a process does that dies between recording a hand-off and learning what became of it.</summary>
    public async Task InterruptHandOffAsync(string distribution)
    {
        var number = (await FindAsync(distribution)).Number;
        var queue = engine.Service<IMessageQueue>();
        for (var lane = 0; lane < engine.Service<LaneRouting>().Lanes; lane++)
        {
            var epoch = await queue.ClaimLaneAsync(number, lane);
            foreach (var message in await queue.TakeAsync(number, lane, engine.Now.AddHours(2), 10))
            {
                var commit = new Commit { Project = Number, Fence = new LaneFence(number, lane, epoch) };
                commit.Moves.Add(new MessageMove
                {
                    Distribution = number,
                    Number = message.Number,
                    Batch = message.Batch,
                    Channel = message.Channel,
                    From = message.Status,
                    To = MessageStatus.Sending,
                    Epoch = epoch,
                    At = engine.Now,
                });
                Assert.Equal(CommitOutcome.Durable, await engine.Service<ICommitter>().CommitAsync(commit));
            }
        }
    }
}
