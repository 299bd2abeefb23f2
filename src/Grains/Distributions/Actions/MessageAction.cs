using Marketing.Catalogue;
using Marketing.Distributions.Lanes;
using Marketing.Storage;

namespace Marketing.Distributions.Actions;

/// <summary>A message and nothing beside it: what it tells of, if anything, happened already and is in the data of its event.</summary>
/// <param name="type">The action.</param>
internal sealed class MessageAction(string type) : IAction
{
    public string Type => type;

    public IEnumerable<FieldProblem> Validate(DistributionDraft draft, CatalogueSnapshot catalogue) => [];

    public ValueTask<PreparedAction> PrepareAsync(DistributionEntry entry, DeliveryPlan plan, Commit commit) => new(new PreparedAction(plan));

    public ValueTask<ReadOnlyMemory<byte>> ShownAsync(int project, DistributionEntry entry, OutgoingMessage message) => new("{}"u8.ToArray());
}
