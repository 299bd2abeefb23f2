using System.Text;
using Marketing.Projects;
using Marketing.Suppressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Marketing.Secrets;

/// <summary>What lies in the data directory of one process, and who may read it.</summary>
public sealed class SecretsAtRestTests : IDisposable
{
    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("secrets-");

    public void Dispose() => _data.Delete(recursive: true);

    [Fact]
    public async Task No_file_of_the_data_directory_has_a_secret_in_the_clear()
    {
        string webhook, link;
        await using (var api = await StartedApi.OnAsync(_data))
        {
            var project = await api.NewProjectAsync();
            await api.SendMailAsync(project);
            (webhook, link) = (project.WebhookSecret, await api.LinkSecretAsync());
            Assert.Equal(webhook, await api.WebhookSecretAsync(project));
            Assert.Empty(FilesWith(webhook, link));
        }

        Assert.Empty(FilesWith(webhook, link));
    }

    [Fact]
    public async Task A_restart_reads_what_the_last_one_protected()
    {
        ProjectCreated project;
        string token;
        await using (var api = await StartedApi.OnAsync(_data))
        {
            project = await api.NewProjectAsync();
            await api.Links.PrepareAsync();
            token = api.Links.Write(new UnsubscribeTarget(project.Project.Number, "email", "ada@example.com"));
        }

        await using var again = await StartedApi.OnAsync(_data);
        Assert.Equal(project.WebhookSecret, await again.WebhookSecretAsync(project));
        await again.Links.PrepareAsync();
        Assert.Equal("ada@example.com", again.Links.Read(token)?.Address);
    }

    [Fact]
    public async Task A_database_with_plain_secrets_is_protected_by_the_next_start_and_what_was_sent_goes_on_working()
    {
        ProjectCreated project;
        string token, link;
        await using (var old = await StartedApi.OnAsync(_data, AsBeforeProtection))
        {
            project = await old.NewProjectAsync();

            // Rows that grew leave their old bytes in the pages.
            await old.Grains.ProjectDirectory.UpdateAsync(project.Project.Id, project.Project.Settings with { Name = new string('n', 300) });
            link = await old.LinkSecretAsync();
            await old.Links.PrepareAsync();
            token = old.Links.Write(new UnsubscribeTarget(project.Project.Number, "email", "ada@example.com"));
            Assert.NotEmpty(FilesWith(project.WebhookSecret, link));
        }

        await using (var api = await StartedApi.OnAsync(_data))
        {
            Assert.Empty(FilesWith(project.WebhookSecret, link));
            Assert.Equal(project.WebhookSecret, await api.WebhookSecretAsync(project));
            await api.Links.PrepareAsync();
            Assert.Equal("ada@example.com", api.Links.Read(token)?.Address);
        }

        Assert.Empty(FilesWith(project.WebhookSecret, link));
    }

    [Fact]
    public async Task Without_its_keys_a_database_is_not_worked_on()
    {
        await using (await StartedApi.OnAsync(_data))
        {
        }

        Directory.Delete(Path.Combine(_data.FullName, "keys"), recursive: true);
        var refusal = await Assert.ThrowsAsync<InvalidOperationException>(() => StartedApi.OnAsync(_data));
        Assert.Contains("key", refusal.Message, StringComparison.Ordinal);
    }

    private static void AsBeforeProtection(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ISecretProtection, Plain>();
        builder.Services.Remove(builder.Services.Single(service => service.ImplementationType == typeof(PlainSecretTraces)));
    }

    // The first project's own secret is handed over in keys.json, which is for its owner to read.
    private IEnumerable<string> FilesWith(params string[] secrets) => _data.EnumerateFiles("*", SearchOption.AllDirectories)
        .Where(file => file.Length > 0 && secrets.Any(secret => Contains(file, Encoding.UTF8.GetBytes(secret)) || Contains(file, Encoding.Unicode.GetBytes(secret))))
        .Select(file => file.Name);

    private static bool Contains(FileInfo file, byte[] secret)
    {
        using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var content = new MemoryStream();
        stream.CopyTo(content);
        return content.GetBuffer().AsSpan(0, (int)content.Length).IndexOf(secret) >= 0;
    }

    /// <summary>What versions before protection did.</summary>
    private sealed class Plain : ISecretProtection
    {
        public string Protect(string secret) => secret;

        public string Read(string stored) => stored;
    }
}
