using Marketing.Activity;
using Marketing.Storage;

namespace Marketing.Customers;

/// <summary>Reads of customers. Writes go through <see cref="ICommitter"/>.</summary>
internal interface ICustomerStore
{
    /// <summary>The row of one customer, or null. Loads asked for at the same time share a round trip.</summary>
    Task<CustomerRow?> LoadAsync(int project, string id);

    /// <summary>Many rows by id or, where <paramref name="bySource"/>, by source id; missing ones are absent.</summary>
    Task<IReadOnlyList<CustomerRow>> LoadManyAsync(int project, IReadOnlyCollection<string> keys, bool bySource);

    /// <summary>Many rows by number; missing ones are absent.</summary>
    Task<IReadOnlyList<CustomerRow>> LoadManyAsync(int project, IReadOnlyCollection<long> numbers);

    /// <summary>Rows by address, as <see cref="EmailAddress.SpellingsOf"/> spells it; of those that share a spelling no more than <paramref name="most"/>.</summary>
    Task<IReadOnlyList<CustomerRow>> LoadByEmailAsync(int project, IReadOnlyCollection<string> spellings, int most);

    /// <summary>The id of the customer with this source id, or null.</summary>
    Task<string?> FindIdBySourceAsync(int project, string sourceId);

    Task<Page<CustomerRow>> ListAsync(int project, CustomerListQuery query, int? segment, CancellationToken cancellation);

    /// <summary>Those whose id, source id, address, name or telephone number begins with the text.</summary>
    Task<IReadOnlyList<CustomerRow>> SearchAsync(int project, string text, int limit, CancellationToken cancellation);

    Task<Page<ActivityRow>> ActivityAsync(long customer, ActivityQuery query, CancellationToken cancellation);

    /// <summary>The projects that have customers whose segments time alone may have changed.</summary>
    Task<IReadOnlyList<int>> ProjectsDueForReviewAsync(DateTimeOffset now);

    /// <summary>Such customers of a project, those first that became due first.</summary>
    /// <param name="project">Whose.</param>
    /// <param name="now">Until when they became due.</param>
    /// <param name="after">The last one of the page before; null for the first page.</param>
    /// <param name="limit">How many at most.</param>
    Task<IReadOnlyList<DueReview>> DueForReviewAsync(int project, DateTimeOffset now, DueReview? after, int limit);

    /// <summary>How many activity entries and orders hang on a customer, and how many of the entries are about orders.</summary>
    Task<(int Activity, int Orders, int OrderEvents)> CountConnectedAsync(long customer);

    /// <summary>The numbers of the entries of a type that a request has made since then, in order.</summary>
    Task<IReadOnlyList<long>> EntriesOfRequestAsync(long customer, string requestId, string type, DateTimeOffset since);
}

/// <summary>A stored customer.</summary>
internal sealed record CustomerRow(
    long Number, int Project, string Id, long Version, DateTimeOffset EvaluatedAt, DateTimeOffset? ReviewAt, byte[] Document, DateTimeOffset CreatedAt)
{
    /// <summary>Only where customers are read part by part, who may not be parsed: it is in the document.</summary>
    public string? SourceId { get; init; }
}

/// <summary>A customer whose segments time alone may have changed, and since when.</summary>
internal sealed record DueReview(DateTimeOffset At, long Number, string Id);

/// <summary>A stored activity entry; messages appear here as entries of their own.</summary>
internal sealed record ActivityRow(string Id, string Type, DateTimeOffset At, string? GroupId, string Channel, byte[] Data);
