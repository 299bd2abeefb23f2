namespace Marketing.Channels.Email.Smtp;

/// <summary>What a server answered to a command.</summary>
/// <param name="Status">Three digits.</param>
/// <param name="Text">The rest of its first line.</param>
internal readonly record struct SmtpReply(int Status, string Text)
{
    /// <summary>The server closes the connection, whatever was asked.</summary>
    public bool IsGoodbye => Status == 421;

    public bool IsRefusal => Status >= 400;
}
