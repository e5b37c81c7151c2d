using System.IO.Pipelines;
using Microsoft.AspNetCore.Http.Features;

namespace Trading.Http;

/// <summary>The body of an answer, each of its bytes charged to an account before it is sent.</summary>
internal sealed class CountedBody : PipeWriter, IHttpResponseBodyFeature
{
    private readonly IHttpResponseBodyFeature sent;
    private readonly Account account;

    public CountedBody(IHttpResponseBodyFeature sent, Account account)
    {
        (this.sent, this.account) = (sent, account);
        Stream = AsStream(leaveOpen: true);
    }

    public Stream Stream { get; }

    public PipeWriter Writer => this;

    public override bool CanGetUnflushedBytes => sent.Writer.CanGetUnflushedBytes;

    public override long UnflushedBytes => sent.Writer.UnflushedBytes;

    public override void Advance(int bytes)
    {
        account.Count(bytes);
        sent.Writer.Advance(bytes);
    }

    public override Memory<byte> GetMemory(int sizeHint = 0) => sent.Writer.GetMemory(sizeHint);

    public override Span<byte> GetSpan(int sizeHint = 0) => sent.Writer.GetSpan(sizeHint);

    public override ValueTask<FlushResult> FlushAsync(CancellationToken cancellationToken = default)
    {
        account.Settle();
        return sent.Writer.FlushAsync(cancellationToken);
    }

    public override ValueTask<FlushResult> WriteAsync(ReadOnlyMemory<byte> source, CancellationToken cancellationToken = default)
    {
        account.Count(source.Length);
        account.Settle();
        return sent.Writer.WriteAsync(source, cancellationToken);
    }

    public Task SendFileAsync(string path, long offset, long? count, CancellationToken cancellationToken = default)
    {
        account.Count(count ?? new FileInfo(path).Length - offset);
        account.Settle();
        return sent.SendFileAsync(path, offset, count, cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken = default) => sent.StartAsync(cancellationToken);

    public Task CompleteAsync() => sent.CompleteAsync();

    public void DisableBuffering() => sent.DisableBuffering();

    public override void Complete(Exception? exception = null) => sent.Writer.Complete(exception);

    public override void CancelPendingFlush() => sent.Writer.CancelPendingFlush();
}
