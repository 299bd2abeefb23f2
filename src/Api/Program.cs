using Marketing.Hosting;
using Microsoft.AspNetCore.Connections;
using Npgsql;

try
{
    await ApiApplication.Build(args, builder => builder.AddStopDeadline()).RunAsync();
    return Environment.ExitCode;
}
catch (IOException failure) when (failure.InnerException is AddressInUseException)
{
    Console.Error.WriteLine($"{failure.Message} Choose another one: --urls http://127.0.0.1:8090");
    return 1;
}
catch (PostgresException failure)
{
    Console.Error.WriteLine($"PostgreSQL refuses: {failure.MessageText}. Check ConnectionStrings:Postgres.");
    return 1;
}
catch (DataDirectoryInUseException failure)
{
    Console.Error.WriteLine($"{failure.Message} Stop it, or choose another directory: --Distributions:DataDirectory=other");
    return 1;
}
catch (SiloPortInUseException failure)
{
    Console.Error.WriteLine(failure.Message);
    return 1;
}
