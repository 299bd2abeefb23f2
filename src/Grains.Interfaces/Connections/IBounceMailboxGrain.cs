namespace Marketing.Connections;

/// <summary>The mailbox that mail of a connection comes back to. Keyed by project number and connection id, so one process of the cluster reads it.</summary>
[Alias("bounce-mailbox"), GrainInterfaceType("bounce-mailbox")]
public interface IBounceMailboxGrain : IGrainWithStringKey
{
    /// <summary>
    /// Reads what is unread and marks it as read, after what it says is durable. Called every minute; where the server does not answer it is asked less often, up to once an hour. Repeating it does nothing
    /// that was done.
    /// </summary>
    [Alias("look")]
    Task LookAsync();
}
