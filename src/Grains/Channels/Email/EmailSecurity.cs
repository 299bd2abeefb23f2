namespace Marketing.Channels.Email;

/// <summary>How the connection to the mail server is protected.</summary>
internal enum EmailSecurity
{
    /// <summary>TLS from the start on port 465, otherwise STARTTLS when the server offers it.</summary>
    Auto,

    /// <summary>Plain text, password included: for a server on the same machine or a trusted network.</summary>
    None,

    /// <summary>STARTTLS, refusing servers without it.</summary>
    StartTls,

    /// <summary>TLS from the start.</summary>
    Tls,
}
