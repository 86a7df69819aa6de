using System;
using System.Threading;

namespace ModelGen.Generator.Support;

/// <summary>Whether the work of this thread is still wanted: in an editor each key pressed cancels what was begun before it.</summary>
/// <remarks>A model is compiled on one thread from beginning to end. The token belongs to that thread while it is, so that what all passes and
/// emitters do for each value and line can ask for it, and none has to hand it on.</remarks>
internal static class Cancellation
{
    [ThreadStatic]
    private static CancellationToken t_token;

    /// <summary>Makes the thread's work depend on a token until the result is disposed.</summary>
    public static Use By(CancellationToken token)
    {
        var before = t_token;
        t_token = token;
        return new(before);
    }

    /// <exception cref="OperationCanceledException">The work is not wanted any more.</exception>
    public static void Check() => t_token.ThrowIfCancellationRequested();

    /// <summary>Ends the dependence on a token.</summary>
    public readonly struct Use : IDisposable
    {
        private readonly CancellationToken _before;

        public Use(CancellationToken before) => _before = before;

        public void Dispose() => t_token = _before;
    }
}
