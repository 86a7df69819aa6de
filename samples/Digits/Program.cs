namespace Digits;

/// <summary>The entry point: ties the console and Ctrl-C to <see cref="DigitsApp"/>.</summary>
internal static class Program
{
    static int Main(string[] args)
    {
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, press) =>
        {
            // The first Ctrl-C ends training after its step; a second one ends the program at once.
            press.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        };
        return DigitsApp.Run(args, Console.Out, Console.Error, stop.Token);
    }
}
