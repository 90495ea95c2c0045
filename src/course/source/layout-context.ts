/** What reading an export needs to know of the course. */
export interface LayoutContext {
  readonly timezone: string;
  readonly groups: readonly string[];
  /** Numbers of the users of Canvas in the roster. */
  readonly canvasIds: ReadonlySet<string>;
  /** Grading worksheets of Moodle, as text. */
  readonly worksheets: readonly string[];
}
