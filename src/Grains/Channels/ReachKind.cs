namespace Marketing.Channels;

/// <summary>Whom a channel reaches.</summary>
internal enum ReachKind
{
    /// <summary>Whom it says when it is asked.</summary>
    Each,

    Everybody,

    /// <summary>Recipients who have an email address that is a mailbox and not suppressed.</summary>
    Mailboxes,
}
