namespace Marketing.Storage;

/// <summary>The database does not take what the commit holds, such as a text with a NUL character: the same again will be refused again.</summary>
internal sealed class StorageRefusedException(Exception cause) : Exception("The database refused what it was given.", cause);
