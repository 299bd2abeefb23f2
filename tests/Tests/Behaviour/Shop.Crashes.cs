using Marketing.Distributions;
using Marketing.Storage;
using Marketing.Storage.DataPlane;
using Xunit;

namespace Marketing.Behaviour;

internal sealed partial class Shop
{
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
