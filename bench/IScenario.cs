namespace Marketing.Bench;

/// <summary>One thing that is measured.</summary>
internal interface IScenario
{
    string Name { get; }

    string What { get; }

    Task<IReadOnlyList<Figure>> RunAsync(BenchOptions options);
}
