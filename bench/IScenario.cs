namespace Marketing.Bench;

/// <summary>One thing that is measured.</summary>
internal interface IScenario
{
    string Name { get; }

    string What { get; }

    Task<IReadOnlyList<Figure>> RunAsync(BenchOptions options);

    /// <summary>Runs it and prints what it found, for people and for programs.</summary>
    async Task<IReadOnlyList<Figure>> MeasureAsync(BenchOptions options)
    {
        Console.WriteLine($"== {Name}: {What}");
        Console.WriteLine($"  load average before: {File.ReadAllText("/proc/loadavg").TrimEnd()}");
        var figures = await RunAsync(options);
        Console.WriteLine($"  load average after: {File.ReadAllText("/proc/loadavg").TrimEnd()}");
        foreach (var figure in figures)
        {
            Console.WriteLine(figure.ToText());
        }

        Console.WriteLine(Figure.ToJson(Name, figures));
        return figures;
    }
}
