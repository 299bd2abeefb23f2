namespace Marketing.Filters;

/// <summary>What was found wrong with a filter so far. An author mends all of it at once; who sends nonsense is not answered at any length.</summary>
internal sealed class FilterProblems
{
    private const int Most = 10;

    private readonly List<FilterProblem> _found = [];

    public IReadOnlyList<FilterProblem> Found => _found;

    public int Count => _found.Count;

    /// <summary>Whether further ones are not remembered.</summary>
    public bool IsFull => _found.Count == Most;

    public void Add(string path, string message)
    {
        if (!IsFull)
        {
            _found.Add(new FilterProblem(path, message));
        }
    }
}
