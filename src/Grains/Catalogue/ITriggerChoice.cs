namespace Marketing.Catalogue;

/// <summary>Whether what an author chose with a trigger is there. One for each <see cref="TriggerSelector"/> that names an object; others only have to be given.</summary>
internal interface ITriggerChoice
{
    TriggerSelector Selector { get; }

    /// <summary>What is wrong with the choice; null when nothing is.</summary>
    string? ProblemOf(string chosen, CatalogueSnapshot catalogue);
}
