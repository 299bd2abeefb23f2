using Marketing.Catalogue;
using Marketing.Distributions.Lanes;
using Marketing.Storage;

namespace Marketing.Distributions.Actions;

/// <summary>
/// What recipients of a distribution get beside the message: one for each entry of <see cref="ActionCatalogue"/>. It stands between planning and the commit that marks
/// messages as being handed over, so that what it takes and the mark are one transaction.
/// </summary>
internal interface IAction
{
    /// <summary>Of its <see cref="ActionDescriptor"/>.</summary>
    string Type { get; }

    /// <summary>What keeps a draft with this action from being activated.</summary>
    IEnumerable<FieldProblem> Validate(DistributionDraft draft, CatalogueSnapshot catalogue);

    /// <summary>
    /// Adds to the commit what the messages of a batch take, and answers the plan as it is then: what cannot be given is skipped with a reason. It is asked again for
    /// the same messages when the commit was refused, and after a crash; a message gets the same each time.
    /// </summary>
    /// <param name="entry">The distribution.</param>
    /// <param name="plan">What goes out and what does not.</param>
    /// <param name="commit">Marks the messages; refused as a whole where a guard does not hold.</param>
    ValueTask<DeliveryPlan> PrepareAsync(DistributionEntry entry, DeliveryPlan plan, Commit commit);
}
