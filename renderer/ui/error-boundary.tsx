import { Component, type ReactNode } from 'react';

interface Props {
  /** Told once when something below could not be drawn. */
  readonly onError: (problem: Error) => void;
  /** Stands in its place; `retry` draws it again. */
  readonly fallback: (retry: () => void) => ReactNode;
  readonly children: ReactNode;
}

interface State {
  readonly failed: boolean;
}

/** Keeps the rest of the window when a part of it can't be drawn. */
export class ErrorBoundary extends Component<Props, State> {
  override state: State = { failed: false };

  static getDerivedStateFromError(): State {
    return { failed: true };
  }

  override componentDidCatch(problem: Error): void {
    this.props.onError(problem);
  }

  override render(): ReactNode {
    return this.state.failed
      ? this.props.fallback(() => this.setState({ failed: false }))
      : this.props.children;
  }
}
