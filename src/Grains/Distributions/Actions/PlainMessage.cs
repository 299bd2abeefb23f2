using Marketing.Catalogue;
using Marketing.Distributions.Lanes;
using Marketing.Storage;

namespace Marketing.Distributions.Actions;

/// <summary>A message and nothing beside it.</summary>
internal sealed class PlainMessage : IAction
{
    public string Type => ActionCatalogue.PlainMessage;

    public IEnumerable<FieldProblem> Validate(DistributionDraft draft, CatalogueSnapshot catalogue) => [];

    public ValueTask<DeliveryPlan> PrepareAsync(DistributionEntry entry, DeliveryPlan plan, Commit commit) => new(plan);
}
