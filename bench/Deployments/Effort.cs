namespace Marketing.Bench.Deployments;

/// <summary>What an engine spends between two moments: processor time, and transactions and statements of its database.</summary>
internal sealed class Effort
{
    private readonly IEngine _engine;
    private readonly TimeSpan _processor;
    private readonly TimeSpan _database;
    private (double Commits, double Statements) _work;

    private Effort(IEngine engine)
    {
        _engine = engine;
        _processor = engine.ProcessorTime;
        _database = engine.DatabaseTime;
    }

    public static async Task<Effort> StartAsync(IEngine engine)
    {
        var effort = new Effort(engine);
        if (engine.Database is { } database)
        {
            await database.ForgetStatementsAsync();
            effort._work = await database.WorkAsync();
        }

        return effort;
    }

    /// <summary>Per operation.</summary>
    public async Task<IReadOnlyList<Figure>> StopAsync(double operations, string operation)
    {
        List<Figure> figures = [new($"processor time of the engine {operation}", (_engine.ProcessorTime - _processor).TotalMicroseconds / operations, "us")];
        if (_engine.Database is { } database)
        {
            figures.Add(new($"processor time of the database {operation}", (_engine.DatabaseTime - _database).TotalMicroseconds / operations, "us"));
            var (commits, statements) = await database.WorkAsync();
            figures.Add(new($"commits {operation}", (commits - _work.Commits) / operations, ""));
            figures.Add(new($"statements {operation}", (statements - _work.Statements) / operations, ""));
            figures.AddRange((await database.DearestAsync()).Select(dear => new Figure($"database, of {operation}: {dear.Statement}", dear.Microseconds / operations, "us")));
        }

        return figures;
    }
}
