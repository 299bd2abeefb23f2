using Marketing.Hosting;
using Npgsql;

try
{
    await SiloApplication.Build(args).RunAsync();
    return Environment.ExitCode;
}
catch (Exception failure) when (failure is ClusterNotConfiguredException or SiloPortInUseException)
{
    Console.Error.WriteLine(failure.Message);
    return 1;
}
catch (PostgresException failure)
{
    Console.Error.WriteLine($"PostgreSQL refuses: {failure.MessageText}. Check ConnectionStrings:Postgres.");
    return 1;
}
