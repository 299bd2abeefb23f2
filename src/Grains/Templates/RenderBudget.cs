namespace Marketing.Templates;

/// <summary>
/// What the templates of one message may use up together: characters of all texts made on the way, whether they are printed or not, and time. The limit of one text
/// does not bound a template, which may make any number of them and keep them in variables.
/// </summary>
internal sealed class RenderBudget(CancellationToken deadline)
{
    /// <summary>Characters, of two bytes each.</summary>
    public const int MaxCharacters = 32 * 1024 * 1024;

    /// <summary>Entries of one list.</summary>
    public const int MaxItems = 100_000;

    // What an entry takes beside its text.
    private const int PerItem = 16;

    // Filters and values have no way to be handed it, and rendering never leaves its thread.
    [ThreadStatic]
    private static RenderBudget? _current;

    private long _spent;

    public CancellationToken Deadline => deadline;

    /// <summary>The work spends from this budget.</summary>
    public T Within<T>(Func<T> work)
    {
        var outer = _current;
        _current = this;
        try
        {
            return work();
        }
        finally
        {
            _current = outer;
        }
    }

    /// <summary>Takes a text's characters before, or as soon as, it is made.</summary>
    public static void Spend(long characters) => _current?.Take(characters);

    /// <summary>The entries, each of them paid for.</summary>
    public static IEnumerable<object?> Items(System.Collections.IEnumerable list)
    {
        var count = 0;
        foreach (var item in list)
        {
            if (++count > MaxItems)
            {
                throw new TemplateRenderException($"A list has more than {MaxItems} entries.");
            }

            Spend(PerItem);
            yield return item;
        }
    }

    private void Take(long characters)
    {
        deadline.ThrowIfCancellationRequested();
        _spent += characters;
        if (_spent > MaxCharacters)
        {
            throw new TemplateRenderException($"The template makes texts and lists of more than {MaxCharacters} characters on the way.");
        }
    }
}
