namespace Marketing.Channels;

/// <summary>What an attempt says about the receiving host, which is not the same as what became of the message.</summary>
internal enum ReceiverHealth
{
    /// <summary>Nothing: the attempt was broken off by us.</summary>
    Unknown,

    /// <summary>It answered, if only to refuse this message.</summary>
    Answering,

    /// <summary>No answer, or one that says it is overloaded or gone.</summary>
    Failing,
}
